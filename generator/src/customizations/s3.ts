import type { OperationIr } from "../ir/ir.js";
import type { Customization } from "./customization.js";

/**
 * Operations for which S3 sends status 200 before it has finished, so that the body may still contain an error.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
const lateErrors: ReadonlySet<string> = new Set(["CompleteMultipartUpload", "CopyObject", "UploadPartCopy"]);

/**
 * Amazon S3.
 *
 * - The endpoint rules put the bucket into the endpoint's host or path, so it is removed from the operation's path.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export const s3: Customization = {
  name: "s3",
  sdkId: "S3",
  change: (service) => ({
    ...service,
    operations: service.operations.map((operation) => ({
      ...((service.endpointRuleSet ?? service.endpointBdd) === undefined ? operation : withoutBucketInPath(operation)),
      lateErrors: lateErrors.has(operation.name),
    })),
  }),
};

function withoutBucketInPath(operation: OperationIr): OperationIr {
  const { http, input } = operation;
  const isInEndpoint = input?.members.some(({ name, contextParam }) => name === "Bucket" && contextParam === "Bucket");
  if (!http || !isInEndpoint) return operation;
  return { ...operation, http: { ...http, uri: http.uri.replace(/^\/\{Bucket\}/, "") } };
}
