import type { OutputTypes } from "../ir/ir.js";

/** Settings that are common to all clients, or belong to one. Paths are relative to the file that contains them. */
export interface ClientDefaults {
  /** Corrections to the model, applied in order. */
  readonly overlays?: readonly string[];
  /** Modules that add protocols, customizations, trait handlers or emitters: paths, or names of packages. */
  readonly plugins?: readonly string[];
  /** Emitters that ship with clientsmith, by name: `["json-schema", "mcp"]`. None where absent. */
  readonly emit?: readonly string[];
  /** Protocol to speak, of several that a service declares. */
  readonly protocol?: string;
  /** How output members are typed; `modelled` where absent. */
  readonly outputs?: OutputTypes;
}

export interface ClientConfig extends ClientDefaults {
  /** Path of the model, or where it is in an installed package. */
  readonly model: string | { readonly package: string; readonly path: string };
  /** Folder of the generated package. */
  readonly out: string;
  /** Name of the generated package; `@clientsmith/<service>` where absent. */
  readonly package?: string;
  /** Shape ID of the service, where the model has several. */
  readonly service?: string;
  /**
   * Operations to generate, by name; `*` matches any letters, and what follows a `!` is left out: `["Get*", "!GetObject"]`.
   * All where absent. Shapes that no operation uses are left out too.
   */
  readonly operations?: readonly string[];
}

export interface ClientsmithConfig {
  readonly clients: readonly ClientConfig[];
  readonly defaults?: ClientDefaults;
}

/** Declares the type of a config file for editors: `export default defineConfig({ clients: [...] })`. */
export function defineConfig(config: ClientsmithConfig): ClientsmithConfig {
  return config;
}
