/** An incremental checksum of bytes. */
export interface RunningChecksum {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}
