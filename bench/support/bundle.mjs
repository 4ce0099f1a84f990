// Bundles a program as an application would, and says what of it is loaded at once.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

/** One call of one operation, as its user writes it. */
export const programs = {
  "clientsmith, by subpath": `
    import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
    import { getTrail } from "@clientsmith/cloudtrail/getTrail";
    export const call = (name) => getTrail(new CloudTrailClient({ region: "us-east-1" }), { Name: name });`,
  "clientsmith, by the root": `
    import { CloudTrailClient, getTrail } from "@clientsmith/cloudtrail";
    export const call = (name) => getTrail(new CloudTrailClient({ region: "us-east-1" }), { Name: name });`,
  v3: `
    import { CloudTrailClient, GetTrailCommand } from "@aws-sdk/client-cloudtrail";
    export const call = (name) => new CloudTrailClient({ region: "us-east-1" }).send(new GetTrailCommand({ Name: name }));`,
};

/**
 * @typedef {object} Bundle
 * @property {import("esbuild").OutputFile[]} all
 * @property {import("esbuild").OutputFile[]} eager       the entry and all that it imports statically
 * @property {Map<string, number>} modules                bytes in `eager` by source file
 */

/**
 * @param {string} source
 * @param {import("esbuild").Plugin[]} [plugins]
 * @returns {Promise<Bundle>}
 */
export async function bundle(source, plugins = []) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: fileURLToPath(new URL("..", import.meta.url)), sourcefile: "entry.js" },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["undici", "undici/*"],
    plugins,
    outdir: "out",
    write: false,
    metafile: true,
    legalComments: "none",
  });
  const entry = Object.keys(metafile.outputs).find((file) => file.endsWith("stdin.js")) ?? "";
  const files = staticImports(metafile, entry);
  /** @type {Map<string, number>} */
  const modules = new Map();
  for (const file of files) {
    for (const [module, { bytesInOutput }] of Object.entries(metafile.outputs[file]?.inputs ?? {})) {
      if (bytesInOutput > 0) modules.set(module, bytesInOutput);
    }
  }
  const eager = outputFiles.filter(({ path }) => [...files].some((file) => path.endsWith(file)));
  return { all: outputFiles, eager, modules };
}

/**
 * The file and all that it imports statically: what is loaded with it.
 *
 * @param {import("esbuild").Metafile} metafile
 * @param {string} file
 * @param {Set<string>} [found]
 */
function staticImports(metafile, file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const { path, kind, external } of metafile.outputs[file]?.imports ?? []) {
    if (kind === "import-statement" && !external) staticImports(metafile, path, found);
  }
  return found;
}
