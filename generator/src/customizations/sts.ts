import type { Customization } from "./customization.js";

/** Operations that bring credentials to whoever has none. */
const unsigned: ReadonlySet<string> = new Set(["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"]);

/**
 * AWS Security Token Service takes some requests unsigned: what they carry says who asks.
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
