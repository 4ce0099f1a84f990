import { crc32, polynomials } from "../../checksums/crc32.js";
import type { HttpResponse } from "../../transport/types.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { unexpectedResponse } from "../../errors/unexpected.js";
import { awsError } from "../aws-error.js";
import { readData } from "../data.js";
import { readError } from "../error-body.js";
import { isDynamo } from "../retry.js";
import type { RequestContext } from "./exchange.js";

/** Makes data or an error of the response. */
export function addReading(exchange: RequestContext): void {
  const { request, operation } = exchange;
  const { response, service } = request;
  if (!operation) return;

  request.on("validateResponse", () => {
    const { codec, received } = exchange;
    const isRefused = !received || received.status >= 300 || codec?.isLateError?.(received) === true;
    response.data = isRefused ? null : {};
    response.error = isRefused
      ? awsError(new Error(), { code: "UnknownError", message: "An unknown error occurred." })
      : null;
  });

  request.on("extractData", () => {
    const { codec, received } = exchange;
    // With a body that somebody else reads, headers and status are all that there is.
    if (!codec || !received || response.httpResponse.streaming) return;
    checkSum(exchange, received);
    try {
      response.data = readData(received, operation, service, codec);
    } catch (error) {
      throw unreadable(error, received, codec.format);
    }
  });
  request.on("extractData", () => noteRequestId(exchange));

  request.onAsync("extractError", (_response, done) => {
    const { codec, received } = exchange;
    if (!codec || !received) return done();
    const { statusMessage } = response.httpResponse;
    readError(received, statusMessage, codec, operation, service.definition.model.service).then(
      (error) =>
        process.nextTick(() => {
          response.error = error;
          // What begins as a success fails by passing trouble of the service.
          if (received.status < 300 && operation.lateErrors) error.retryable = true;
          done();
        }),
      (error: unknown) => process.nextTick(done, error),
    );
  });
  request.on("extractError", () => noteRequestId(exchange));
}

/**
 * DynamoDB tells the checksum of its answers.
 *
 * @throws AWSError for a body that has another
 */
function checkSum({ request: { service } }: RequestContext, { headers, body }: HttpResponse): void {
  const told = headers["x-amz-crc32"];
  if (told === undefined || !isDynamo(service) || !service.config.dynamoDbCrc32) return;
  const sum = crc32(body, polynomials.CRC32);
  if (Number(told) === new DataView(sum.buffer, sum.byteOffset).getUint32(0)) return;
  throw awsError(new Error("CRC32 integrity check failed"), { code: "CRC32CheckFailed", retryable: true });
}

/** The error of a body that is not what it should be; the parser's words could quote what is secret. */
function unreadable(error: unknown, received: HttpResponse, format: string): unknown {
  if (!(error instanceof SyntaxError) && !(error instanceof ResponseMismatch)) return error;
  const isSyntax = error instanceof SyntaxError;
  const problem = isSyntax ? `is not ${format}` : `is not as modelled: ${error.message}`;
  const { message } = unexpectedResponse(received, problem);
  if (format === "XML") return awsError(new Error(message), { code: "XMLParserError", retryable: true });
  return awsError(new Error(message), { code: isSyntax ? "SyntaxError" : "UnexpectedResponse" });
}

function noteRequestId({ request: { response }, codec, received }: RequestContext): void {
  if (!received) return;
  const { headers } = received;
  const requestId =
    headers["x-amz-request-id"] ??
    headers["x-amzn-requestid"] ??
    headers["x-amz-requestid"] ??
    codec?.requestIdIn?.(received);
  const { "x-amz-id-2": extendedRequestId, "x-amz-cf-id": cfId } = headers;
  const { error } = response;
  if (requestId !== undefined) response.requestId = requestId;
  if (extendedRequestId !== undefined) response.extendedRequestId = extendedRequestId;
  if (error) Object.assign(error, { requestId }, extendedRequestId && { extendedRequestId }, cfId && { cfId });
}
