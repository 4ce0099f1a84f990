import type { OperationFeature } from "../schema/service.js";

const names: ReadonlySet<string> = new Set([
  "request-checksum",
  "trailing-checksum",
  "content-md5",
  "tree-hash",
  "message-md5",
]);

/** Whether a feature is what the option `computeChecksums` switches. */
export function isChecksum({ name }: OperationFeature): boolean {
  return names.has(name);
}
