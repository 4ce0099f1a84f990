import type { ServiceIr } from "../../ir/ir.js";

interface FileSettings {
  /** Relative to the package. */
  readonly path: string;
  /** Exports of other modules that this module re-exports. */
  readonly reexports?: readonly string[];
  /** Modules that are imported as a type namespace, by the name of the namespace. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** The module has its own subpath: its exports are not imported elsewhere and may have the names of other exports. */
  readonly isApart?: boolean;
}

/**
 * A file with its text. A TypeScript module imports modules of other packages itself; imports of what the package and
 * the runtime export are added.
 */
export interface EmittedFile extends FileSettings {
  readonly text: string;
}

/** A file of the client: a template and its plain data. */
export interface ViewFile extends FileSettings {
  /** Name of a template, without `.hbs`. */
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A file that any emitter generates. */
export type PackageFile = EmittedFile | ViewFile;

/** What an emitter adds to the package beside files. */
export interface PackageAdditions {
  /** Packages that the files need, with their version ranges. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Packages that only building the package needs. */
  readonly devDependencies?: Readonly<Record<string, string>>;
  /** Subpaths (`./json-schema`) and the path of the module (`src/json-schema.ts`) or other file that each exports. */
  readonly exports?: Readonly<Record<string, string>>;
  /** Commands, and the path of the module that each runs. It gets the line `#!/usr/bin/env node`. */
  readonly bin?: Readonly<Record<string, string>>;
  /** Folders and files that are published beside `src` and `dist`. */
  readonly files?: readonly string[];
  /** Sections of the README, in Markdown, with headings of level 2. */
  readonly readme?: string;
}

/** Files and additions to the package. */
export interface Emission {
  readonly files: readonly EmittedFile[];
  readonly additions: PackageAdditions;
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
export type Emitter = (ir: ServiceIr, settings: EmitSettings) => readonly EmittedFile[] | Emission;

/** Generates files of the client itself. */
export type ClientEmitter = (ir: ServiceIr, settings: EmitSettings) => readonly PackageFile[];
