import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Emitter } from "../view/file.js";
import { messageOf } from "./terminal.js";

/** The emitters that plugin modules export as `emitters`, or what is wrong with one of the modules. */
export async function loadEmitters(
  plugins: readonly string[],
  cwd: string,
): Promise<{ readonly emitters: readonly Emitter[] } | { readonly problem: string }> {
  const emitters: Emitter[] = [];
  for (const plugin of plugins) {
    let loaded: unknown;
    try {
      loaded = await import(locate(plugin, cwd));
    } catch (error) {
      return { problem: `The plugin ${plugin} cannot be loaded: ${messageOf(error)}` };
    }
    const exported =
      typeof loaded === "object" && loaded !== null && "emitters" in loaded ? loaded.emitters : undefined;
    if (!isEmitters(exported))
      return { problem: `The plugin ${plugin} does not export \`emitters\`, an array of functions.` };
    emitters.push(...exported);
  }
  return { emitters };
}

function isEmitters(value: unknown): value is readonly Emitter[] {
  return Array.isArray(value) && value.every((emitter) => typeof emitter === "function");
}

/** A file by its path, a package by its name, both as seen from the working folder. */
function locate(plugin: string, cwd: string): string {
  const file = resolve(cwd, plugin);
  if (existsSync(file)) return pathToFileURL(file).href;
  return pathToFileURL(createRequire(join(cwd, "package.json")).resolve(plugin)).href;
}
