/**
 * Whether a response is the last one over its connection, as far as its headers tell. Where undici before 8 cannot be helped to
 * survive the end of that connection while it is paused (paused-parser.ts), such a response is not paused.
 */
export function isLastResponse(headers: Readonly<Record<string, unknown>>): boolean {
  const isUnbounded = headers["content-length"] === undefined && headers["transfer-encoding"] === undefined;
  return isUnbounded || /\bclose\b/i.test(String(headers["connection"]));
}
