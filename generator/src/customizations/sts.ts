import type { Customization } from "./customization.js";

/** Operations for callers that have no credentials yet. */
const unsigned: ReadonlySet<string> = new Set(["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"]);

/**
 * AWS Security Token Service accepts some requests unsigned, because their input identifies the caller.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const sts: Customization = {
  name: "sts",
  sdkId: "STS",
  change: (service) => ({
    ...service,
    operations: service.operations.map((operation) =>
      unsigned.has(operation.name) ? { ...operation, auth: "none" } : operation,
    ),
  }),
};
