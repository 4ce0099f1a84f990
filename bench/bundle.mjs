// What one operation adds to a bundle: minified, split, without undici and without what Node brings.
import { build } from "esbuild";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { round } from "./support/numbers.mjs";

/** @import { Bench, Row } from "./support/types.d.ts" */

const sources = {
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

/** @type {Bench} */
export const bench = {
  title: "Bundle of one operation (esbuild, minified, ESM, split, for Node, undici left out), in bytes",
  async run() {
    const rows = await Promise.all(Object.entries(sources).map(([name, source]) => measure(name, source)));
    const entry = rows[0];
    if (!entry) throw new Error("nothing was bundled");
    const goals = [
      { what: "entry, kB minified", value: round(Number(entry["entry"]) / 1000, 1), limit: 25 },
      { what: "entry, kB gzip", value: round(Number(entry["entry gzip"]) / 1000, 1), limit: 9 },
    ];
    return { rows, goals };
  },
};

/**
 * @param {string} name
 * @param {string} source
 * @returns {Promise<Row>}
 */
async function measure(name, source) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: fileURLToPath(new URL(".", import.meta.url)), sourcefile: "entry.js" },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["undici", "undici/*"],
    outdir: "out",
    write: false,
    metafile: true,
    legalComments: "none",
  });
  const entryFile = Object.keys(metafile.outputs).find((file) => file.endsWith("stdin.js")) ?? "";
  const atOnce = eagerFiles(metafile, entryFile);
  const eager = outputFiles.filter(({ path }) => [...atOnce].some((file) => path.endsWith(file)));
  const inputs = [...atOnce].flatMap((file) => Object.values(metafile.outputs[file]?.inputs ?? {}));
  return {
    client: name,
    entry: bytes(eager),
    "entry gzip": gzipBytes(eager),
    modules: inputs.filter((input) => input.bytesInOutput > 0).length,
    "all chunks": bytes(outputFiles),
    "all gzip": gzipBytes(outputFiles),
    chunks: outputFiles.length,
  };
}

/** @param {readonly import("esbuild").OutputFile[]} files */
function bytes(files) {
  return files.reduce((total, { contents }) => total + contents.byteLength, 0);
}

/** @param {readonly import("esbuild").OutputFile[]} files */
function gzipBytes(files) {
  return files.reduce((total, { contents }) => total + gzipSync(contents, { level: 9 }).byteLength, 0);
}

/**
 * The entry and all that it imports statically: what is loaded with it, whatever file it stands in.
 *
 * @param {import("esbuild").Metafile} metafile
 * @param {string} file
 * @param {Set<string>} [found]
 */
function eagerFiles(metafile, file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const { path, kind, external } of metafile.outputs[file]?.imports ?? []) {
    if (kind === "import-statement" && !external) eagerFiles(metafile, path, found);
  }
  return found;
}
