import type { Md5Mismatch, MessageMd5, MessageMd5Data } from "../../features/message-md5.js";
import { awsError } from "../aws-error.js";
import type { AWSError } from "../types.js";
import type { ClassicCall } from "./classic-call.js";

/** Compares the bodies of Amazon SQS messages with the MD5 in the response, unless `computeChecksums` is false. */
export function addMessageComparison(context: ClassicCall): void {
  const { request, features } = context;
  const { response, service } = request;
  const feature = features.find(({ name }) => name === "message-md5") as MessageMd5 | undefined;
  if (!feature || !service.config.computeChecksums) return;

  request.on("extractData", () => {
    const all = Array.from(feature.mismatches(context.input, response.data ?? {}));
    const changed = all.filter(({ member }) => member === feature.data.body[0]);
    if (changed.length > 0) throw invalidChecksum(request.operation, feature.data, changed);
  });
}

/** The error of AWS SDK v2, with the messages that it concerns. */
function invalidChecksum(
  operation: string,
  { list, entries }: MessageMd5Data,
  changed: readonly Md5Mismatch[],
): AWSError {
  const [first] = changed;
  const idMember = entries === undefined ? "MessageId" : "Id";
  const detail =
    list === undefined
      ? `Got "${String(first?.reported)}", expecting "${String(first?.computed)}".`
      : `Invalid messages: ${changed.map(({ entry }) => entry[idMember]).join(", ")}`;
  return awsError(new Error(), {
    retryable: true,
    code: "InvalidChecksum",
    messageIds: changed.map(({ entry }) => entry["MessageId"]),
    message: `${operation} returned an invalid MD5 response. ${detail}`,
  } as Partial<AWSError>);
}
