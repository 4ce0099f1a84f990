import type { Plugin } from "../plugin.js";
import { nearest } from "../text/nearest.js";

/**
 * The emitters that ship with the generator, each a plug-in. They are off until the config file or `--emit` names them,
 * and not loaded before.
 */
const shipped: Readonly<Record<string, () => Promise<Plugin>>> = {
  "json-schema": () => import("./json-schema/index.js"),
  mcp: () => import("./mcp/index.js"),
  reference: () => import("./reference/index.js"),
  "standard-schema": () => import("./standard-schema/index.js"),
};

/** Their names. */
export const emitterNames: readonly string[] = Object.keys(shipped);

/** Why a name is not that of an emitter. Undefined if it is. */
export function emitterProblem(name: string): string | undefined {
  if (Object.hasOwn(shipped, name)) return undefined;
  const near = nearest(name, emitterNames);
  const advice = near === undefined ? `Known are ${emitterNames.join(", ")}.` : `Did you mean ${near}?`;
  return `There is no emitter ${name}. ${advice}`;
}

/**
 * The plug-ins of these emitters, each once.
 *
 * @throws RangeError for an unknown name
 */
export async function loadEmitters(names: readonly string[]): Promise<readonly Plugin[]> {
  return Promise.all(
    [...new Set(names)].map((name) => {
      const load = Object.hasOwn(shipped, name) ? shipped[name] : undefined;
      if (!load) throw new RangeError(emitterProblem(name));
      return load();
    }),
  );
}
