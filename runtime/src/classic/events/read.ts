import { crc32, polynomials } from "../../checksums/crc32.js";
import type { EventStream } from "../../event-streams/types.js";
import type { HttpResponse } from "../../schema/http.js";
import { setOwn } from "../../schema/values.js";
import { requestIdOf } from "../../features/support/response-metadata.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { unexpectedResponse } from "../../errors/unexpected.js";
import { awsError } from "../aws-error.js";
import { eventStreamOf } from "../../schema/shapes.js";
import { eventAdapter, readData } from "../data.js";
import { readError } from "../error-body.js";
import { isDynamo } from "../retry.js";
import type { Service } from "../service.js";
import type { ClassicCall } from "./classic-call.js";
import { streamError } from "./sending-error.js";
import { settle } from "./settle.js";

/** Reads the response as data or an error. */
export function addReading(context: ClassicCall): void {
  const { request } = context;
  const { response, service } = request;

  request.on("validateResponse", () => {
    const { received } = context;
    const isError = !received || received.status >= 300 || context.call.codec.isLateError?.(received) === true;
    response.data = isError ? null : {};
    response.error = isError
      ? awsError(new Error(), { code: "UnknownError", message: "An unknown error occurred." })
      : null;
  });

  request.on("extractData", () => {
    const { received } = context;
    // With a body that the caller reads, headers and status are all that there is.
    if (!received || response.httpResponse.streaming) return;
    compareChecksum(service, received);
    const { codec } = context.call;
    try {
      response.data = withEvents(readData(received, request, context.operation, codec), context);
    } catch (error) {
      throw unreadable(error, received, codec.format);
    }
  });
  request.on("extractData", () => setRequestId(context));

  request.onAsync("extractError", (_response, done) => {
    const { received } = context;
    if (!received) return done();
    const { codec } = context.call;
    settle(
      () => readError(received, response.httpResponse.statusMessage, codec, context.operation, service.definition),
      (error) => {
        response.error = error;
        // A response that starts as a success fails for a transient reason.
        if (received.status < 300 && context.operation?.lateErrors) error.retryable = true;
      },
      done,
    );
  });
  request.on("extractError", () => setRequestId(context));
}

/** The data, with the events of the response as a stream of Node. */
function withEvents(data: unknown, { request, operation }: ClassicCall): unknown {
  const [name, member] = eventStreamOf(operation.output) ?? [];
  if (name === undefined || !member) return data;
  const output = data as Record<string, unknown>;
  const stream = request.service.definition.eventStreams?.(output[name] as EventStream<object>, {
    change: eventAdapter(member),
    failed: (error) => streamError(request, error),
  });
  setOwn(output, name, stream);
  return output;
}

/**
 * Responses of DynamoDB carry a checksum of their body.
 *
 * @throws AWSError where the body has another
 */
function compareChecksum(service: Service, { headers, body }: HttpResponse): void {
  const stated = headers["x-amz-crc32"];
  if (stated === undefined || !isDynamo(service) || !service.config.dynamoDbCrc32) return;
  const sum = crc32(body, polynomials.CRC32);
  if (Number(stated) === new DataView(sum.buffer, sum.byteOffset).getUint32(0)) return;
  throw awsError(new Error("CRC32 integrity check failed"), { code: "CRC32CheckFailed", retryable: true });
}

/** The error of a body that cannot be read. The parser's message is left out, since it may quote a secret. */
function unreadable(error: unknown, received: HttpResponse, format: string): unknown {
  if (!(error instanceof SyntaxError) && !(error instanceof ResponseMismatch)) return error;
  const isSyntax = error instanceof SyntaxError;
  const problem = isSyntax ? `is not ${format}` : `is not as modelled: ${error.message}`;
  const { message } = unexpectedResponse(received, problem);
  if (format === "XML") return awsError(new Error(message), { code: "XMLParserError", retryable: true });
  return awsError(new Error(message), { code: isSyntax ? "SyntaxError" : "UnexpectedResponse" });
}

/** AWS SDK v2 prefers this header where there are several. */
const preferredHeader = "x-amz-request-id";

function setRequestId({ request: { response }, call, received }: ClassicCall): void {
  if (!received) return;
  const { headers } = received;
  const requestId = headers[preferredHeader] ?? requestIdOf(received, call);
  const { "x-amz-id-2": extendedRequestId, "x-amz-cf-id": cfId } = headers;
  const { error } = response;
  if (requestId !== undefined) response.requestId = requestId;
  if (extendedRequestId !== undefined) response.extendedRequestId = extendedRequestId;
  if (error) Object.assign(error, { requestId }, extendedRequestId && { extendedRequestId }, cfId && { cfId });
}
