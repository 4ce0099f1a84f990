/**
 * Whether the headers of a response announce that it is the last one over its connection. Such a response is not paused
 * where undici before 8 cannot be guarded against the end of that connection (sockets.ts).
 */
export function isLastResponse(headers: Readonly<Record<string, unknown>>): boolean {
  const isUnbounded = headers["content-length"] === undefined && headers["transfer-encoding"] === undefined;
  return isUnbounded || /\bclose\b/i.test(String(headers["connection"]));
}
