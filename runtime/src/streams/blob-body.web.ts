/**
 * `blob-body.ts` for `fetch`, which streams request bodies over HTTP/2 only or not at all: as bytes, which every
 * service accepts.
 */
export async function blobBody(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
