/** `blob-body.ts` where `fetch` sends parts over HTTP/2 only, or not at all: as bytes, which every service takes. */
export async function blobBody(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
