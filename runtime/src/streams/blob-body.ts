/** A `Blob` as a request body: streamed, and read again for each attempt. */
export function blobBody(blob: Blob): Promise<Blob | Uint8Array> {
  return Promise.resolve(blob);
}
