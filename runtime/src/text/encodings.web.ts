/** `encodings.ts` for platforms without `Buffer`. */

const decoder = new TextDecoder();

export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function textReader(bytes: Uint8Array): (start: number, end: number) => string {
  return (start, end) => decoder.decode(bytes.subarray(start, end));
}

export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
