import type { ServiceIr } from "../../ir/ir.js";

/** A file to generate: a template and its plain data. Paths are relative to the package. */
export interface ViewFile {
  readonly path: string;
  /** Name of a template, without `.hbs`. */
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Exports of other modules that this module re-exports. */
  readonly reexports?: readonly string[];
  /** Modules that are imported as a type namespace, by the name of the namespace. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** The module has its own subpath: its exports are not imported elsewhere and may have the names of other exports. */
  readonly isApart?: boolean;
}

/** Settings of emitters. */
export interface EmitSettings {
  readonly packageName: string;
  readonly packageVersion: string;
  /** License, as in the `license` field of package.json. */
  readonly license: string;
  /** Semver range of the runtime that generated packages depend on. */
  readonly runtimeRange: string;
  /** Source of `resolveEndpoint`, compiled from the endpoint rules. Undefined if the service has none. */
  readonly endpointSource: string | undefined;
}

/** Generates some files of a package. Plugins can add emitters. */
export type Emitter = (ir: ServiceIr, settings: EmitSettings) => readonly ViewFile[];
