const encoder = new TextEncoder();

/** Size of the frames of a body whose length is known: their sizes are sent before their bytes are read. */
const frameSize = 2 ** 20;

/** Bytes to hold for a frame if the length is unknown. Services reject frames of less than 8 KiB, except the last one. */
const leastFrame = 65_536;

/**
 * The body of `aws-chunked`: frames, a frame of size 0 and the trailer. Copies no bytes.
 *
 * @param length length of the body in bytes, if it is known
 * @param trailer called once the body was read
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* inFrames(
  body: AsyncIterable<Uint8Array>,
  length: number | undefined,
  trailer: () => string,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  let lineEnd = "";
  for await (const piece of length === undefined ? collected(body) : measured(body, length)) {
    if (typeof piece !== "number") yield piece;
    else {
      yield encoder.encode(lineEnd + sizeLine(piece));
      lineEnd = "\r\n";
    }
  }
  yield encoder.encode(lineEnd + sizeLine(0) + trailer());
  return undefined;
}

/** Length in bytes of what {@link inFrames} returns. */
export function framedLength(length: number, trailer: string): number {
  const framed = (size: number): number => sizeLine(size).length + size + 2;
  const rest = length % frameSize;
  const frames = ((length - rest) / frameSize) * framed(frameSize) + (rest > 0 ? framed(rest) : 0);
  return frames + sizeLine(0).length + trailer.length;
}

function sizeLine(size: number): string {
  return `${size.toString(16)}\r\n`;
}

/** The size of each frame, followed by its bytes as they come. */
async function* measured(body: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<number | Uint8Array> {
  let left = length;
  let room = 0;
  for await (const part of body) {
    for (let rest = part; rest.byteLength > 0;) {
      if (room === 0) {
        room = Math.min(left, frameSize);
        left -= room;
        yield room;
      }
      const piece = rest.subarray(0, room);
      room -= piece.byteLength;
      rest = rest.subarray(piece.byteLength);
      yield piece;
    }
  }
}

/** The size of each frame, once there are bytes enough for it, followed by these. */
async function* collected(body: AsyncIterable<Uint8Array>): AsyncGenerator<number | Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    held.push(part);
    size += part.byteLength;
    if (size < leastFrame) continue;
    yield size;
    yield* held;
    held = [];
    size = 0;
  }
  if (size === 0) return;
  yield size;
  yield* held;
}
