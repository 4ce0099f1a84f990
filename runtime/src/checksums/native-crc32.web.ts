/** `native-crc32.ts` where there is no `node:zlib`. */
export const nativeCrc32: ((bytes: Uint8Array, before: number) => number) | undefined = undefined;
