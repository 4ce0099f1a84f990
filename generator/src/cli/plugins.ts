import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type JoinedPlugin, joinPlugins } from "../join-plugins.js";
import { type Plugin, pluginVersion } from "../plugin.js";
import { nearest } from "../text/nearest.js";
import { messageOf } from "./terminal.js";

/** What each export of a plugin must be: for messages, and as a check. */
const kinds: Readonly<Record<keyof Plugin, { readonly words: string; readonly accepts: (value: unknown) => boolean }>> =
  {
    protocols: {
      words: "an array of objects with id, symbol, module, bindings, xml, http and local",
      accepts: (value) => isArrayOf(value, isProtocol),
    },
    authSchemes: {
      words: "an array of objects with id, name, family, symbol and module",
      accepts: (value) => isArrayOf(value, (each) => hasTexts(each, ["id", "name", "family", "symbol", "module"])),
    },
    features: {
      words: "an array of objects with symbol, module and the function arguments",
      accepts: (value) =>
        isArrayOf(
          value,
          (each) => hasTexts(each, ["symbol", "module"]) && isRecord(each) && typeof each["arguments"] === "function",
        ),
    },
    customizations: {
      words: "an array of objects with name, sdkId and the function change",
      accepts: (value) => isArrayOf(value, (each) => isRecord(each) && typeof each["change"] === "function"),
    },
    traits: {
      words: "an object of functions by the shape ID of the trait",
      accepts: (value) =>
        isRecord(value) && Object.entries(value).every(([id, each]) => id.includes("#") && typeof each === "function"),
    },
    emitters: {
      words: "an array of functions",
      accepts: (value) => isArrayOf(value, (each) => typeof each === "function"),
    },
    version: {
      words: `${pluginVersion}, the version of the plug-in interface of this clientsmith; install the one that it is for`,
      accepts: (value) => value === pluginVersion,
    },
  };

/** Everything that plugin modules add, or the problem of the first one that is invalid. */
export async function loadPlugins(
  plugins: readonly string[],
  cwd: string,
): Promise<{ readonly plugin: JoinedPlugin } | { readonly problem: string }> {
  const loaded: Plugin[] = [];
  for (const plugin of plugins) {
    let module: object;
    try {
      module = (await import(locate(plugin, cwd))) as object;
    } catch (error) {
      return { problem: `The plugin ${plugin} cannot be loaded: ${messageOf(error)}` };
    }
    const exported = Object.fromEntries(Object.entries(module).filter(([name]) => name !== "default"));
    const problem = problemOf(exported);
    if (problem !== undefined) return { problem: `The plugin ${plugin} ${problem}` };
    loaded.push(exported);
  }
  return { plugin: joinPlugins(loaded) };
}

function problemOf(exported: Readonly<Record<string, unknown>>): string | undefined {
  const known = Object.keys(kinds);
  const additions = known.filter((name) => name !== "version");
  const isEmpty = Object.keys(exported).every((name) => name === "version");
  for (const [name, value] of Object.entries(exported)) {
    if (!isKind(name)) {
      const near = nearest(name, known);
      const advice = near === undefined ? `a plugin exports ${known.join(", ")}` : `did you mean ${near}?`;
      return `exports ${name}, which is not a known export; ${advice}`;
    }
    if (!kinds[name].accepts(value)) return `exports ${name}, which must be ${kinds[name].words}.`;
  }
  return isEmpty ? `exports none of ${additions.join(", ")}.` : undefined;
}

function isKind(name: string): name is keyof Plugin {
  return Object.hasOwn(kinds, name);
}

function hasTexts(value: unknown, names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => typeof value[name] === "string");
}

function isProtocol(value: unknown): boolean {
  return (
    isRecord(value) &&
    hasTexts(value, ["id", "symbol", "module"]) &&
    ["xml", "http", "local"].every((name) => typeof value[name] === "boolean") &&
    isArrayOf(value["bindings"], (each) => typeof each === "string")
  );
}

function isArrayOf(value: unknown, accepts: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(accepts);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Resolves a file path or a package name from the working folder. */
function locate(plugin: string, cwd: string): string {
  const file = resolve(cwd, plugin);
  if (existsSync(file)) {
    const url = pathToFileURL(file);
    // A module that has changed is another one.
    url.searchParams.set("changed", String(statSync(file).mtimeMs));
    return url.href;
  }
  return pathToFileURL(createRequire(join(cwd, "package.json")).resolve(plugin)).href;
}
