import { documentIn } from "../event-streams/document.js";
import { EventUnion } from "../event-streams/events.js";
import { type EventMessage, eventStreamType } from "../event-streams/message.js";
import { type MessageSigner, SentEvents } from "../event-streams/sent-events.js";
import { signingTargetOf } from "../endpoints/signing-target.js";
import { isClientsmithError } from "../errors/base.js";
import { ConfigurationError, ValidationError } from "../errors/client.js";
import type { HttpRequest } from "../schema/http.js";
import type { ProtocolRequest } from "../schema/service.js";
import type { EventStreamMember, StructureShape } from "../schema/shapes.js";
import { describeType, getOwn, isObject } from "../schema/values.js";
import { EventSigner, signedEvents } from "../signing/sign-event.js";
import { locatingText } from "../protocols/unsendable-text.js";
import { isAsyncIterable, isBlob } from "../streams/types.js";
import { enableStreaming } from "../transport/streaming/index.js";
import { accepts } from "../validate/fast-path.js";
import { invalidInput, unwritableInput } from "../validate/input-error.js";
import type { Call, CallContext } from "./context.js";
import type { EventStreamData } from "./event-stream-output.js";
import type { Feature } from "./feature.js";
import { progressOf, withProgress } from "./support/event-progress.js";
import { catchStreamErrors } from "./support/stream-errors.js";
import { withoutEventStreams } from "./support/without-event-streams.js";

/**
 * `smithy.api#streaming` on a union of the input: events are validated, signed and sent as the caller provides them. In
 * protocols without HTTP bindings, the other members of the input are the first message.
 *
 * @see https://smithy.io/2.0/spec/streaming.html#event-streams
 */
export function eventStreamInput(data: EventStreamData): Feature {
  const { member, errors = {} } = data;
  let union: EventUnion | undefined;
  return {
    name: "event-stream-input",
    data,
    begin: (input) => catchStreamErrors(input, member),
    codec(codec, operation, service) {
      const base = service.protocol.compile(withoutEventStreams(operation), service);
      union = new EventUnion(operation.input.members[member] as EventStreamMember, errors, base, operation, service);
      return { ...codec, serialize: (value) => base.serialize(value) };
    },
    message(message, input, call) {
      if (!union) throw new Error(`${call.operation.name} was not compiled`);
      const body = bodyOf(union, sourceOf(input, member, call), message, call);
      enableStreaming();
      call.state.body = body;
      const headers = { ...message.headers, "content-type": eventStreamType, ...(isSigned(call) && signed) };
      return { ...message, body: undefined, headers, stream: body };
    },
    attempts: (attempt) => withProgress(attempt),
    transport(options, context, request) {
      const { body } = context.state;
      if (body instanceof SentEvents) body.signing = signingOf(context, request);
      return options;
    },
  };
}

const signed = { "x-amz-content-sha256": signedEvents };

function isSigned({ client, operation }: Call): boolean {
  const schemes = operation.authSchemes ?? client.service.authSchemes ?? [];
  return operation.auth !== "none" && schemes.some(({ id }) => id === "aws.auth#sigv4");
}

function sourceOf(input: object, member: string, { operation }: Call): AsyncIterable<unknown> {
  const source = getOwn(input as Readonly<Record<string, unknown>>, member) ?? noEvents;
  if (typeof source === "object" && !isBlob(source) && isAsyncIterable(source)) return source;
  const message = `must be an AsyncIterable of events, but is ${describeType(source)}`;
  throw new ValidationError(operation.input.name, [{ path: [member], rule: "type", message }]);
}

const noEvents: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

function bodyOf(union: EventUnion, source: AsyncIterable<unknown>, message: ProtocolRequest, call: Call): SentEvents {
  return new SentEvents({
    source,
    write: (event) => writeEvent(union, event, call),
    initial: call.operation.http ? undefined : initialRequest(message),
    pulse: call.settings.limits.bodyTimeout / 2,
    progress: progressOf(call),
  });
}

/** @throws ValidationError for an event that violates the model */
function writeEvent(union: EventUnion, event: unknown, { settings: { rules } }: Call): EventMessage {
  // A union is checked as a structure is.
  const shape = union.shape as unknown as StructureShape;
  const [name = ""] = isObject(event) ? Object.keys(event) : [];
  const error = union.errorClass(name);
  if (rules) {
    const [checked, value] = error ? [error.shape, getOwn(event as Record<string, unknown>, name)] : [shape, event];
    const invalid = accepts(checked, value, rules) ? undefined : invalidInput(checked, value as object, rules);
    if (invalid) throw invalid;
  }
  try {
    return locatingText(shape, (each) => union.write(each as Readonly<Record<string, unknown>>))(event as object);
  } catch (cause) {
    throw isClientsmithError(cause) ? cause : unwritableInput(shape, cause);
  }
}

function initialRequest(message: ProtocolRequest): EventMessage {
  const { payload = new Uint8Array(), contentType } = documentIn(message) ?? {};
  return {
    headers: {
      ":message-type": { type: "string", value: "event" },
      ":event-type": { type: "string", value: "initial-request" },
      ...(contentType !== undefined && { ":content-type": { type: "string", value: contentType } }),
    },
    payload,
  };
}

/**
 * Undefined if the request is not signed with credentials.
 *
 * @throws ConfigurationError for SigV4a: no specification has a signature of events for it, and the signer of the official
 *   clients rejects it, too
 * @see https://github.com/awslabs/aws-c-auth/blob/main/source/signing_config.c
 */
function signingOf(context: CallContext, { headers }: HttpRequest): MessageSigner | undefined {
  const { client, state, target, operation } = context;
  const [algorithm] = headers["authorization"]?.split(" ", 1) ?? [];
  if (algorithm === "AWS4-ECDSA-P256-SHA256") {
    throw new ConfigurationError(
      `${operation.name} sends events, which cannot be signed with SigV4a. Use an endpoint of a single Region.`,
    );
  }
  const seed = algorithm === "AWS4-HMAC-SHA256" && /Signature=([0-9a-f]+)$/.exec(headers["authorization"] ?? "")?.[1];
  const scope = signingTargetOf(target, client.service, "sigv4");
  if (!seed || !scope || !state.signedWith) return undefined;
  const { region, service } = scope;
  return {
    signer: new EventSigner({ credentials: state.signedWith, region, service, keyCache: client.signingKeys, seed }),
    now: () => new Date(client.clock.now()),
  };
}
