import type { OperationIr } from "../ir/ir.js";
import type { Customization } from "./customization.js";

const accountPrefix = "{AccountId}.";

/**
 * Amazon S3 Control: the endpoint rules add the account ID to the host if the operation requires it. The operation's
 * own host prefix would add it a second time.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html
 */
export const s3Control: Customization = {
  name: "s3-control",
  sdkId: "S3 Control",
  change: (service) =>
    (service.endpointRuleSet ?? service.endpointBdd) === undefined
      ? service
      : { ...service, operations: service.operations.map(withoutAccountPrefix) },
};

function withoutAccountPrefix(operation: OperationIr): OperationIr {
  const { hostPrefix, staticContextParams } = operation;
  if (!hostPrefix?.startsWith(accountPrefix) || staticContextParams?.["RequiresAccountId"] !== true) return operation;
  return { ...operation, hostPrefix: hostPrefix.slice(accountPrefix.length) || undefined };
}
