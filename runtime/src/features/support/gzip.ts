import { promisify } from "node:util";
import * as zlib from "node:zlib";

export const gzip: (body: Uint8Array) => Promise<Uint8Array> = promisify(zlib.gzip);
