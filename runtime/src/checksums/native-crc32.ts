import zlib from "node:zlib";

/** CRC-32 in native code, continued from a previous value; Node has it from 20.15 and 22.2. */
export const nativeCrc32: ((bytes: Uint8Array, before: number) => number) | undefined = zlib.crc32;
