// Public service models, from a folder beside the repository.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./generate.mjs";

/**
 * The path of a model, or undefined (and a line of output) if it is absent.
 *
 * @param {string} name
 */
export function sharedModel(name) {
  const path = join(resolve(root, process.env["CLIENTSMITH_SHARED"] ?? "../shared"), "models", name);
  if (existsSync(path)) return path;
  console.log(`left out: ${name} is not there (set CLIENTSMITH_SHARED to the folder that holds models/)`);
  return undefined;
}
