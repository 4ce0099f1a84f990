import type { OperationIr } from "../ir/ir.js";
import type { Customization } from "./customization.js";

/**
 * Operations that S3 answers with status 200 before they are done, so that a body may hold an error all the same.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
const lateErrors: ReadonlySet<string> = new Set(["CompleteMultipartUpload", "CopyObject", "UploadPartCopy"]);

/**
 * Amazon S3.
 *
 * - The endpoint rules put the bucket into the host or the path of the endpoint, so it is not in the operation's path too.
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
