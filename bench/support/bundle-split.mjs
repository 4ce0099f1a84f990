// Bundles a program as an application does, and reports which files are loaded at once.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { credentials } from "./settings.mjs";

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
 * The files of a bundle that a process has loaded after its first call, with credentials and endpoint from the
 * environment: those that V8's coverage reports.
 *
 * @param {readonly import("esbuild").OutputFile[]} files
 * @param {string} endpoint
 */
export async function loadedByFirstCall(files, endpoint) {
  const folder = fileURLToPath(new URL("../results/bundle", import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const { path, contents } of files) writeFileSync(join(folder, basename(path)), contents);
  const entry = pathToFileURL(join(folder, "stdin.js"));
  // CommonJS inside an ESM bundle, which v3's dependencies are, looks for a global `require`.
  const program = `import { createRequire } from "node:module"; globalThis.require = createRequire("${entry}");
    const { call } = await import("${entry}"); await call("audit"); process.exit(0);`;
  const child = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    env: {
      ...process.env,
      NODE_V8_COVERAGE: join(folder, "coverage"),
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    },
  });
  if (child.status !== 0) throw new Error(`the bundled program failed: ${child.stderr}`);
  const [report = ""] = readdirSync(join(folder, "coverage"));
  /** @type {{ result: { url: string }[] }} */
  const { result } = JSON.parse(readFileSync(join(folder, "coverage", report), "utf8"));
  const loaded = new Set(result.map(({ url }) => basename(url)));
  rmSync(folder, { recursive: true });
  return files.filter(({ path }) => loaded.has(basename(path)));
}

/**
 * The file and all its static imports, which are loaded with it.
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
