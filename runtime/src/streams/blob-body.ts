/** A `Blob` as it is sent: read in parts, anew for each attempt. */
export function blobBody(blob: Blob): Promise<Blob | Uint8Array> {
  return Promise.resolve(blob);
}
