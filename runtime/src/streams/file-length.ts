import { stat } from "node:fs/promises";
import type { StreamSource } from "./types.js";

/** What tells a stream of `fs.createReadStream` from others. */
interface FileStream {
  readonly path?: unknown;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly bytesRead?: unknown;
  readonly readableEncoding?: string | null;
  readonly readableDidRead?: boolean;
}

/** Bytes that a stream gives that reads a file by its path; undefined for any other, and for what is no regular file. */
export async function fileLength(source: StreamSource): Promise<number | undefined> {
  const { path, start = 0, end = Infinity, bytesRead, readableEncoding, readableDidRead } = source as FileStream;
  if (typeof path !== "string" && !(path instanceof Uint8Array)) return undefined;
  if (typeof bytesRead !== "number" || readableDidRead === true || (readableEncoding ?? "utf8") !== "utf8") {
    return undefined;
  }
  try {
    const file = await stat(path instanceof Uint8Array ? Buffer.from(path) : path);
    // `end` is the last byte that is read.
    return file.isFile() ? Math.max(0, Math.min(file.size, end + 1) - start) : undefined;
  } catch {
    // Why it cannot be read, the stream itself says better.
    return undefined;
  }
}
