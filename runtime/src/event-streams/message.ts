/**
 * One message of an event stream: headers and a payload.
 *
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export interface EventMessage {
  readonly headers: Readonly<Record<string, EventHeader>>;
  readonly payload: Uint8Array;
}

/** A header of a message, with the type that it has on the wire. */
export type EventHeader =
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "byte" | "short" | "integer"; readonly value: number }
  /** A bigint beyond 2^53. */
  | { readonly type: "long"; readonly value: number | bigint }
  | { readonly type: "binary"; readonly value: Uint8Array }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "timestamp"; readonly value: Date }
  /** In its usual form: `5fb2b7a3-…`. */
  | { readonly type: "uuid"; readonly value: string };

/** Content type of a body that is an event stream. */
export const eventStreamType = "application/vnd.amazon.eventstream";

/** Bytes before the headers: the length of the message, that of the headers, and the checksum of both. */
export const preludeLength = 12;

/** Bytes of a message without headers and payload: the prelude, and the checksum of the message. */
export const emptyLength = preludeLength + 4;

/** Max bytes of the headers of a message. */
export const maxHeadersLength = 131_072;

/** Max bytes of a message. Services send and accept less: 16 MiB of payload. */
export const maxMessageLength = 25_165_824;

/** Bytes that are not a valid message. The message of the error completes "The event stream …". */
export class MalformedMessage extends Error {}
