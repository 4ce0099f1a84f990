import { eventStreamType } from "../event-streams/message.js";
import type { Operation } from "../schema/service.js";
import { setOwn } from "../schema/values.js";
import { deriveSigningKey } from "../signing/key.js";
import { type EventSigningOptions, signedEvents } from "../signing/sign-event.js";
import type { Authentic } from "../signing/verify.js";
import { ReceivedBody } from "../streams/received-body.js";
import { ResponseTooLarge } from "../streams/response-too-large.js";
import { decodeBody, remainingEncoding } from "./body/decode.js";
import { type EventStreamOf, eventStreamsOf } from "./events/event-streams.js";
import { IncomingEvents } from "./events/incoming.js";
import { readMessages } from "./events/messages.js";
import { RejectionError } from "./rejection.js";
import type { LocalServiceSettings } from "./options.js";
import { headerOf } from "./protocols/http/headers.js";
import { mediaTypeOf } from "./protocols/http/media-types.js";
import type { ServerProtocol, ServerRequest } from "./protocols/protocol.js";
import { maxBodyLength, tooLong, type CompleteRequest } from "./receive.js";

const nothing = new Uint8Array();

/** The input of an operation, with a stream of bytes or events that its handler reads. */
export async function readInput(
  request: CompleteRequest,
  operation: Operation,
  authentic: Authentic | undefined,
  settings: LocalServiceSettings,
  protocol: ServerProtocol,
): Promise<object> {
  const { input: stream, plain } = eventStreamsOf(operation, settings.service.service);
  const decoded = await withDecodedBody(request, operation, authentic, settings);
  if (!stream) return protocol.readInput(operation, decoded);
  checkEventStream(request, authentic);
  const events = eventsOf(decoded, stream, authentic, settings);
  // In protocols without HTTP bindings, the first message contains the other members.
  const first = operation.http ? undefined : await events.initialRequest();
  const headers = operation.http ? request.headers : { ...request.headers, "content-type": protocol.contentType };
  const input = protocol.readInput(plain, { ...request, headers, body: first?.payload ?? nothing });
  setOwn(input as Record<string, unknown>, stream.member, events);
  return input;
}

async function withDecodedBody(
  request: CompleteRequest,
  operation: Operation,
  authentic: Authentic | undefined,
  { credentials }: LocalServiceSettings,
): Promise<ServerRequest> {
  const known = credentials.find(({ accessKeyId }) => accessKeyId === authentic?.accessKeyId);
  const seed = known && authentic && { ...authentic, key: deriveSigningKey(known.secretAccessKey, authentic.scope) };
  const body = decodeBody(request, operation, seed);
  if (!body) return request;
  const { "content-encoding": _all, ...others } = request.headers;
  const encoding = remainingEncoding(request, operation);
  const headers = encoding === undefined ? others : { ...others, "content-encoding": encoding };
  const source = Object.assign(body, { cancel: () => {} });
  const failed = (error: unknown): unknown => (error instanceof ResponseTooLarge ? tooLong() : error);
  const owner = { operation: operation.name, maxResponseSize: maxBodyLength, failed };
  const stream = new ReceivedBody(source, owner);
  return request.source ? { ...request, headers, stream } : { ...request, headers, body: await stream.bytes() };
}

/** A signed request signs each of its events. */
function checkEventStream(request: CompleteRequest, authentic: Authentic | undefined): void {
  const contentType = mediaTypeOf(headerOf(request, "content-type"));
  if (contentType !== undefined && contentType !== eventStreamType) {
    const message = `The content type must be ${eventStreamType}, but it is ${contentType}`;
    throw new RejectionError("UnsupportedMediaTypeException", 415, message);
  }
  if (authentic && headerOf(request, "x-amz-content-sha256") !== signedEvents) {
    throw new RejectionError("InvalidSignatureException", 400, `x-amz-content-sha256 must be ${signedEvents}`);
  }
}

function eventsOf(
  { stream: body }: ServerRequest,
  stream: EventStreamOf,
  authentic: Authentic | undefined,
  { credentials }: LocalServiceSettings,
): IncomingEvents {
  if (!body) throw new Error("The body of an event stream was buffered");
  const known = credentials.find(({ accessKeyId }) => accessKeyId === authentic?.accessKeyId);
  return new IncomingEvents(readMessages(body, known && authentic && signingOf(authentic, known)), stream);
}

function signingOf(
  { scope, region, signature }: Authentic,
  credentials: EventSigningOptions["credentials"],
): EventSigningOptions {
  return { credentials, region, service: scope.split("/").at(-2) ?? "", seed: signature };
}
