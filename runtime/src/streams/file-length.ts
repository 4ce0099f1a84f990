import { stat } from "node:fs/promises";
import type { StreamSource } from "./types.js";

/** The properties of a stream of `fs.createReadStream`. */
interface FileStream {
  readonly path?: unknown;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly bytesRead?: unknown;
  readonly readableEncoding?: string | null;
  readonly readableDidRead?: boolean;
}

/** Number of bytes that a file stream will yield; undefined for other streams and for anything but a regular file. */
export async function fileLength(source: StreamSource): Promise<number | undefined> {
  const { path, start = 0, end = Infinity, bytesRead, readableEncoding, readableDidRead } = source as FileStream;
  if (typeof path !== "string" && !(path instanceof Uint8Array)) return undefined;
  if (typeof bytesRead !== "number" || readableDidRead === true || (readableEncoding ?? "utf8") !== "utf8") {
    return undefined;
  }
  try {
    const file = await stat(path instanceof Uint8Array ? Buffer.from(path) : path);
    // `end` is inclusive.
    return file.isFile() ? Math.max(0, Math.min(file.size, end + 1) - start) : undefined;
  } catch {
    // The stream itself reports why the file cannot be read.
    return undefined;
  }
}
