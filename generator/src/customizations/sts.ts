import type { StructureIr } from "../ir/ir.js";
import type { Customization } from "./customization.js";

/** Operations for callers that have no credentials yet. */
const unsigned: ReadonlySet<string> = new Set(["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"]);

/** Errors that another attempt may not meet, although the model does not state that. */
const transient: ReadonlySet<string> = new Set(["IDPCommunicationErrorException"]);

/**
 * AWS Security Token Service.
 *
 * - It accepts some requests unsigned, because their input identifies the caller.
 * - A failure to reach the identity provider is retried.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const sts: Customization = {
  name: "sts",
  sdkId: "STS",
  change: (service) => ({
    ...service,
    errors: service.errors.map(retryable),
    operations: service.operations.map((operation) => ({
      ...operation,
      errors: operation.errors.map(retryable),
      ...(unsigned.has(operation.name) && { auth: "none" }),
    })),
  }),
};

function retryable(shape: StructureIr): StructureIr {
  if (!shape.error || !transient.has(shape.name)) return shape;
  return { ...shape, error: { ...shape.error, retryable: true } };
}
