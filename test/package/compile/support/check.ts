import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../../../support/shared.js";

/** Where clients are generated to be compiled, a folder each. */
export const folder = join(root, ".cache/compile");

/**
 * The compiler's complaints about generated code under the project's settings and the package's own. Several packages
 * in one folder are judged as one program: what they share is read once.
 */
export function complaints(name: string, include: readonly string[] = ["src"]): string {
  const config = join(folder, name, "tsconfig.check.json");
  writeFileSync(
    config,
    JSON.stringify({
      extends: relative(join(folder, name), join(root, "tsconfig.base.json")),
      compilerOptions: {
        noEmit: true,
        declaration: true,
        isolatedDeclarations: true,
        paths: {
          "@clientsmith/runtime/codegen/v1": [join(root, "runtime/src/codegen/v1.ts")],
          "@clientsmith/runtime/interop/*": [join(root, "runtime/src/interop/*.ts")],
          "@clientsmith/runtime/mcp": [join(root, "runtime/src/mcp/index.ts")],
          "@clientsmith/runtime/protocols/*": [join(root, "runtime/src/protocols/*/index.ts")],
        },
      },
      include,
    }),
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status, signal, error } = spawnSync(process.execPath, [tsc, "-p", config], {
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });
  // Without a response there is no verdict: 0 is none, 1 and 2 are complaints.
  if (error || signal || status === null || status > 2)
    throw new Error(`The compiler ended with ${signal ?? status}: ${error?.message ?? stdout}`);
  // The runtime's own sources are held to their own settings.
  return stdout
    .split("\n")
    .filter((line) => line.includes(`.cache/compile/${name}/`))
    .join("\n");
}
