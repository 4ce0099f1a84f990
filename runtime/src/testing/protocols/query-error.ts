import type { Service } from "../../schema/service.js";
import type { Failure } from "../rejection.js";

/** Who caused an error, as the query protocols name it. */
export function senderOf({ status }: Failure): "Sender" | "Receiver" {
  return status < 500 ? "Sender" : "Receiver";
}

/**
 * The header with the awsQuery code of an error, in services that used that protocol before.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
 */
export function queryErrorHeader(failure: Failure, { awsQueryCompatible }: Service): Readonly<Record<string, string>> {
  const code = failure.shape?.error?.queryErrorCode;
  return awsQueryCompatible && code !== undefined ? { "x-amzn-query-error": `${code};${senderOf(failure)}` } : {};
}
