import { crc32, polynomials } from "../checksums/crc32.js";
import { decodeHeaders } from "./headers.js";
import {
  emptyLength,
  type EventMessage,
  MalformedMessage,
  maxHeadersLength,
  maxMessageLength,
  preludeLength,
} from "./message.js";

const nothing = new Uint8Array();

/**
 * Reads messages from the chunks of a stream, which may be cut anywhere. A message within one chunk is not copied:
 * its payload shares the memory of the chunk.
 */
export class MessageDecoder {
  /** What was not read yet of the last chunk. */
  #rest: Uint8Array = nothing;
  /** The prelude, then the message, of which only a part has arrived. */
  #part: Uint8Array | undefined;
  #filled = 0;

  /** Whether a part of a message has arrived, and the rest has not. */
  get isWithinMessage(): boolean {
    return this.#filled > 0 || this.#rest.byteLength > 0;
  }

  /** Adds a chunk. Call it only after {@link next} has returned undefined. */
  push(chunk: Uint8Array): void {
    // No `Buffer`, whose `slice` does not copy.
    this.#rest = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }

  /** The next message; undefined if more bytes are needed. @throws MalformedMessage */
  next(): EventMessage | undefined {
    if (!this.#part) {
      if (this.#rest.byteLength === 0) return undefined;
      if (this.#rest.byteLength >= preludeLength) {
        const length = lengthOf(this.#rest);
        if (this.#rest.byteLength >= length) return read(this.#take(length));
        this.#part = new Uint8Array(length);
      } else this.#part = new Uint8Array(preludeLength);
    }
    while (this.#fill(this.#part)) {
      const whole: Uint8Array = this.#part;
      const length = lengthOf(whole);
      if (whole.byteLength === length) {
        this.#part = undefined;
        this.#filled = 0;
        return read(whole);
      }
      this.#part = new Uint8Array(length);
      this.#part.set(whole);
    }
    return undefined;
  }

  /** The stream has ended. @throws MalformedMessage if it ended within a message */
  end(): void {
    if (this.isWithinMessage) throw new MalformedMessage("ended within a message, so it was cut");
  }

  /** Copies from the chunk; whether the part is complete. */
  #fill(part: Uint8Array): boolean {
    const taken = this.#take(Math.min(part.byteLength - this.#filled, this.#rest.byteLength));
    part.set(taken, this.#filled);
    this.#filled += taken.byteLength;
    return this.#filled === part.byteLength;
  }

  #take(length: number): Uint8Array {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}

/** The length of the message that starts with a prelude. Checked first, because it decides how much is buffered. */
function lengthOf(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  if (checksumOf(bytes.subarray(0, 8)) !== view.getUint32(8)) {
    throw new MalformedMessage("contains bytes that are not a message: the checksum of its lengths does not match");
  }
  const length = view.getUint32(0);
  const headers = view.getUint32(4);
  if (length < emptyLength + headers) {
    throw new MalformedMessage(`contains a message of ${length} bytes, with headers of ${headers} bytes`);
  }
  if (headers > maxHeadersLength || length > maxMessageLength) {
    throw new MalformedMessage(`contains a message that is too large: ${length} bytes, headers of ${headers} bytes`);
  }
  return length;
}

function read(bytes: Uint8Array): EventMessage {
  const view = viewOf(bytes);
  const end = bytes.byteLength - 4;
  if (checksumOf(bytes.subarray(0, end)) !== view.getUint32(end)) {
    throw new MalformedMessage("contains a message that was changed on the way: its checksum does not match");
  }
  const payloadAt = preludeLength + view.getUint32(4);
  return {
    headers: decodeHeaders(bytes.subarray(preludeLength, payloadAt)),
    payload: bytes.subarray(payloadAt, end),
  };
}

function checksumOf(bytes: Uint8Array): number {
  return viewOf(crc32(bytes, polynomials.CRC32)).getUint32(0);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
