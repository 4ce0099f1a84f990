/** Reads bodies with `content-encoding: aws-chunked`, written for these tests only. */

export interface Decoded {
  /** By lower-case name; complete once the body was read. */
  readonly trailers: Map<string, string>;
  readonly body: AsyncIterable<Buffer>;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
export function decodeChunks(source: AsyncIterable<Buffer>): Decoded {
  const trailers = new Map<string, string>();
  return { trailers, body: read(source, trailers) };
}

async function* read(source: AsyncIterable<Buffer>, trailers: Map<string, string>): AsyncGenerator<Buffer, void> {
  const input = new Input(source);
  let isShort = false;
  for (;;) {
    const line = await input.line();
    if (!/^[\da-f]+$/.test(line)) throw new Error(`not the size of a chunk: ${JSON.stringify(line)}`);
    const size = Number.parseInt(line, 16);
    if (size === 0) break;
    if (isShort) throw new Error("InvalidChunkSizeError: only the last chunk can be smaller than 8 KiB");
    isShort = size < 8192;
    yield* input.bytes(size);
    if ((await input.line()) !== "") throw new Error("a chunk does not end with its size");
  }
  for (let line = await input.line(); line !== ""; line = await input.line()) {
    const [name = "", value = ""] = line.split(":", 2);
    trailers.set(name.toLowerCase(), value.trim());
  }
  if (!(await input.isAtEnd())) throw new Error("there are bytes after the trailers");
}

class Input {
  readonly #parts: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#parts = source[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf("\r\n");
      if (end >= 0) {
        const text = this.#held.toString("latin1", 0, end);
        this.#held = this.#held.subarray(end + 2);
        return text;
      }
      if (!(await this.#more(true))) throw new Error("the body ends within a line");
    }
  }

  async *bytes(size: number): AsyncGenerator<Buffer, void> {
    let left = size;
    while (left > 0) {
      if (this.#held.length === 0 && !(await this.#more(false))) throw new Error("the body ends within a chunk");
      const part = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  async isAtEnd(): Promise<boolean> {
    return this.#held.length === 0 && !(await this.#more(false));
  }

  async #more(keeps: boolean): Promise<boolean> {
    const { done, value } = await this.#parts.next();
    if (done) return false;
    this.#held = keeps && this.#held.length > 0 ? Buffer.concat([this.#held, value]) : value;
    return true;
  }
}
