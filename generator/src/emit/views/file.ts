import type { ServiceIr } from "../../ir/ir.js";

/** One file to be: a template and the plain data that it lays out. Paths are relative to the package. */
export interface ViewFile {
  readonly path: string;
  /** Name of a template, without `.hbs`. */
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Names of other modules' exports that this TypeScript module exports too. */
  readonly reexports?: readonly string[];
  /** Other modules whose types it names as parts of one name, by that name. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** Its exports are not those of the package: they stand on a subpath of their own, under names that others may have. */
  readonly isApart?: boolean;
}

/** What the emitters are told beside the service. */
export interface EmitSettings {
  readonly packageName: string;
  readonly packageVersion: string;
  /** In npm's words. */
  readonly license: string;
  /** Range of the runtime that generated packages depend on. */
  readonly runtimeRange: string;
  /** `resolveEndpoint`, compiled from the service's rule set; undefined where the service has none. */
  readonly endpointSource: string | undefined;
}

/** Makes some of a package's files. A plugin adds its own to the list. */
export type Emitter = (ir: ServiceIr, settings: EmitSettings) => readonly ViewFile[];
