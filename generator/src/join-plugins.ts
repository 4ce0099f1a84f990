import type { ShapeId } from "./model/model.js";
import type { Plugin, TraitHandler } from "./plugin.js";

/** What several plug-ins add. */
export type JoinedPlugin = Required<Omit<Plugin, "version">>;

/** Combines several plug-ins. */
export function joinPlugins(plugins: readonly Plugin[]): JoinedPlugin {
  return {
    protocols: plugins.flatMap(({ protocols = [] }) => protocols),
    authSchemes: plugins.flatMap(({ authSchemes = [] }) => authSchemes),
    features: plugins.flatMap(({ features = [] }) => features),
    customizations: plugins.flatMap(({ customizations = [] }) => customizations),
    traits: Object.assign({}, ...plugins.map(({ traits }) => traits)) as Readonly<Record<ShapeId, TraitHandler>>,
    emitters: plugins.flatMap(({ emitters = [] }) => emitters),
  };
}
