import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Environment } from "#runtime/config/environment.js";

/** An environment with a home directory of its own that holds these shared files; gone with the test. */
export function environmentWith(
  files: { readonly config?: string; readonly credentials?: string } = {},
  env: Environment["env"] = {},
): Environment & { readonly homeDirectory: string } {
  const homeDirectory = mkdtempSync(join(tmpdir(), "clientsmith-"));
  onTestFinished(() => rmSync(homeDirectory, { recursive: true }));
  mkdirSync(join(homeDirectory, ".aws"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(homeDirectory, ".aws", name), text);
  return { env, homeDirectory };
}
