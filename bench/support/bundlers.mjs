// Bundlers, configured as in an application: one minified file with everything inside.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import webpack from "webpack";
import { cache } from "./generate.mjs";

/** @typedef {"node" | "browser"} Platform */
/** @typedef {(source: string, platform: Platform) => Promise<Uint8Array>} Bundler */

const here = fileURLToPath(new URL("..", import.meta.url));

/** Where entries and outputs are written. @param {string} name */
function folderFor(name) {
  const folder = join(cache, "bundle", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** @type {Readonly<Record<string, Bundler>>} */
export const bundlers = {
  async esbuild(source, platform) {
    const { outputFiles } = await esbuild({
      stdin: { contents: source, resolveDir: here, sourcefile: "entry.js" },
      bundle: true,
      minify: true,
      format: "esm",
      platform,
      ...(platform === "node" && { banner: { js: requireOfModule } }),
      legalComments: "none",
      write: false,
      outfile: "out.mjs",
      logLevel: "error",
    });
    return outputFiles[0]?.contents ?? new Uint8Array();
  },

  async vite(source, platform) {
    const folder = folderFor("vite");
    // Inside this folder, so that the packages to compare with are found.
    const entry = join(here, "results", "vite-entry.js");
    mkdirSync(join(here, "results"), { recursive: true });
    writeFileSync(entry, source);
    await vite({
      root: here,
      configFile: false,
      logLevel: "error",
      ...(platform === "node" && { ssr: { noExternal: true, target: "node" } }),
      build: {
        ...(platform === "node" && { ssr: true }),
        target: "esnext",
        minify: true,
        outDir: folder,
        emptyOutDir: true,
        rollupOptions: { input: entry, output: { codeSplitting: false, entryFileNames: "out.mjs" } },
      },
    });
    rmSync(entry);
    return readFileSync(join(folder, "out.mjs"));
  },

  webpack(source, platform) {
    const folder = folderFor("webpack");
    const entry = join(here, "results", "webpack-entry.mjs");
    mkdirSync(join(here, "results"), { recursive: true });
    writeFileSync(entry, source);
    return new Promise((resolve, reject) => {
      webpack(
        {
          mode: "production",
          context: here,
          target: platform === "node" ? "node20" : "web",
          entry,
          performance: false,
          output: { path: folder, filename: "out.js" },
          optimization: { splitChunks: false },
          plugins: [new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })],
        },
        (error, stats) => {
          rmSync(entry);
          if (error ?? stats?.hasErrors()) return reject(error ?? new Error(String(stats)));
          const files = readdirSync(folder).filter((name) => name.endsWith(".js"));
          return resolve(Buffer.concat(files.map((name) => readFileSync(join(folder, name)))));
        },
      );
    });
  },
};

/** CommonJS inside an ESM bundle, which v3's dependencies are, looks for `require`. */
const requireOfModule = 'import{createRequire as __r}from"node:module";const require=__r(import.meta.url);';

export const version = (/** @type {string} */ name) => {
  /** @type {{ version: string }} */
  const manifest = createRequire(import.meta.url)(`${name}/package.json`);
  return manifest.version;
};
