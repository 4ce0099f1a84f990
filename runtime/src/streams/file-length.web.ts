/** `file-length.ts` where there are no files. */
export function fileLength(): Promise<undefined> {
  return Promise.resolve(undefined);
}
