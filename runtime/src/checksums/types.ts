/** A checksum of bytes that come one after the other. */
export interface RunningChecksum {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}
