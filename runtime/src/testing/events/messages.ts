import { MessageDecoder } from "../../event-streams/decoder.js";
import { encodeHeaders } from "../../event-streams/headers.js";
import { type EventMessage, MalformedMessage } from "../../event-streams/message.js";
import { EventSigner, type EventSigningOptions } from "../../signing/sign-event.js";
import { encodeHex } from "../../text/bytes.js";
import { RejectionError } from "../rejection.js";
import { unreadable } from "../protocols/read/reject.js";

/**
 * The messages of a request. Those of a signed request are the payloads of others, whose signatures are verified; the
 * last one is empty.
 *
 * @param signing verifies signed messages; undefined if the request was not signed
 * @throws RejectionError (while reading) for bytes that are not messages, and for an invalid signature
 */
export async function* readMessages(
  body: AsyncIterable<Uint8Array>,
  signing: EventSigningOptions | undefined,
): AsyncGenerator<EventMessage, undefined, undefined> {
  const signer = signing && new EventSigner(signing);
  let isEnded = false;
  for await (const outer of decode(body)) {
    if (isEnded) throw unreadable("The event stream continues after its end");
    if (!signer && !(":chunk-signature" in outer.headers)) {
      yield outer;
      continue;
    }
    if (signer) verify(outer, signer);
    isEnded = outer.payload.byteLength === 0;
    if (!isEnded) yield inner(outer);
  }
  if (signer && !isEnded) throw unreadable("The event stream ended without a signed message that marks its end");
  return undefined;
}

async function* decode(body: AsyncIterable<Uint8Array>): AsyncGenerator<EventMessage, undefined, undefined> {
  const decoder = new MessageDecoder();
  try {
    for await (const chunk of body) {
      decoder.push(chunk);
      for (let message = decoder.next(); message; message = decoder.next()) yield message;
    }
    decoder.end();
  } catch (error) {
    throw error instanceof MalformedMessage ? unreadable(`The event stream ${error.message}`) : error;
  }
  return undefined;
}

function inner({ payload }: EventMessage): EventMessage {
  try {
    const decoder = new MessageDecoder();
    decoder.push(payload);
    const message = decoder.next();
    if (message && !decoder.isWithinMessage) return message;
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
  }
  throw unreadable("The event stream contains a signed message whose payload is not one message");
}

function verify({ headers, payload }: EventMessage, signer: EventSigner): void {
  const date = headers[":date"];
  const signature = headers[":chunk-signature"];
  if (date?.type !== "timestamp" || signature?.type !== "binary") {
    throw new RejectionError("InvalidSignatureException", 400, "A message of the event stream is not signed");
  }
  const expected = signer.sign(date.value, encodeHeaders({ ":date": date }), payload);
  if (expected === encodeHex(signature.value)) return;
  throw new RejectionError(
    "InvalidSignatureException",
    400,
    "The signature of a message of the event stream does not match",
  );
}
