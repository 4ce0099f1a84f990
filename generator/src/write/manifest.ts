import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord, unlessMissing } from "./disk.js";

export const manifestName = "clientsmith.json";

/** The source of a generated package. Only the manifest contains the tool's version and the model's hash. */
export interface ManifestFacts {
  /** Version of clientsmith. */
  readonly version: string;
  /** `hash` is the SHA-256 of the model and its overlays, `service` the shape ID of the service. */
  readonly model: { readonly hash: string; readonly service: string };
}

/** SHA-256 of a text, in hex. CRLF counts as LF, because a checkout may have converted line ends. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}

export function manifestText({ version, model }: ManifestFacts, files: ReadonlyMap<string, string>): string {
  const hashes = [...files].map(([path, text]) => [path, hashOf(text)] as const);
  const sorted = hashes.toSorted(([left], [right]) => (left < right ? -1 : 1));
  const { hash, service } = model;
  const manifest = { clientsmith: version, model: { hash, service }, files: Object.fromEntries(sorted) };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Generated files of a folder, with their hashes. "malformed" if the manifest cannot be read. */
export function readManifest(folder: string): ReadonlyMap<string, string> | "malformed" {
  const text = unlessMissing(() => readFileSync(join(folder, manifestName), "utf8"));
  if (text === undefined) return new Map();
  const files = parse(text);
  return files ?? "malformed";
}

function parse(text: string): ReadonlyMap<string, string> | undefined {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(manifest) || !isRecord(manifest["files"])) return undefined;
  const files = new Map<string, string>();
  for (const [path, hash] of Object.entries(manifest["files"])) {
    if (typeof hash !== "string") return undefined;
    files.set(path, hash);
  }
  return files;
}
