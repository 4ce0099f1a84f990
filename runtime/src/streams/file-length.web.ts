/** `file-length.ts` for platforms without files. */
export function fileLength(): Promise<undefined> {
  return Promise.resolve(undefined);
}
