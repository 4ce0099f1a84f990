/** `native-crc32.ts` without `node:zlib`. */
export const nativeCrc32: ((bytes: Uint8Array, before: number) => number) | undefined = undefined;
