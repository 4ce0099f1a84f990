/** A Node stream may fail before the call reads it. An `error` event without a listener ends the process. */
export function catchStreamErrors(input: object, member: string): void {
  const source = (input as Readonly<Record<string, Partial<NodeJS.ReadableStream> | undefined>> | undefined)?.[member];
  if (source?.pipe) source.on?.("error", () => {});
}
