import type { Report } from "../source/report.js";
import type { Source } from "../source/source.js";
import type { Locations } from "./locations.js";
import type { TraitStatement } from "./traits.js";
import type { Reference, ValueContext } from "./values.js";

/** What is open to other statements and files: traits and names are resolved when all files have been read. */
export interface IdlFile {
  readonly source: Source;
  /** Whether it has version 1.0, which is the default. */
  isVersion1: boolean;
  /** Absent where the file has no shapes. */
  namespace?: string;
  /** By the name that each makes known. */
  readonly uses: Map<string, { readonly id: string; readonly offset: number }>;
  readonly metadata: MetadataStatement[];
  readonly shapes: ShapeStatement[];
  /** Shapes of which a part could not be read. */
  readonly partial: ShapeStatement[];
  readonly applied: ApplyStatement[];
  /** IDs of all shapes that statements name, also of those that could not be read completely. */
  readonly declared: Set<string>;
  readonly references: Reference[];
  readonly locations: Locations;
}

export interface MetadataStatement {
  readonly key: string;
  readonly offset: number;
  /** Holds the `value`. */
  readonly body: Record<string, unknown>;
}

export interface ShapeStatement {
  readonly id: string;
  readonly type: string;
  /** Of its name; of the `:=` where it has none. */
  readonly offset: number;
  /** The shape as the JSON AST has it, but for its traits and what it elides. */
  readonly json: Record<string, unknown>;
  readonly traits: readonly TraitStatement[];
  readonly members: MemberStatement[];
  /** The resource that it is `for`. */
  resource?: { readonly name: string; readonly offset: number };
}

export interface MemberStatement {
  readonly name: string;
  readonly offset: number;
  /** As the JSON AST has it; undefined where the target is elided. */
  readonly json: Record<string, unknown> | undefined;
  readonly traits: readonly TraitStatement[];
}

export interface ApplyStatement {
  /** As it is written. */
  readonly name: string;
  readonly offset: number;
  readonly traits: readonly TraitStatement[];
}

/** What the readers of statements share. */
export interface FileContext extends ValueContext {
  readonly file: IdlFile;
  readonly report: Report;
  /** Suffixes of the names of inline inputs and outputs. */
  readonly suffixes: { input: string; output: string };
}

/** Reports what is wrong without ending the statement. */
export function complain(context: FileContext, code: string, message: string, offset: number, shapeId?: string): void {
  context.report.add({ code, message, shapeId, location: { source: context.file.source, offset } });
}

export const needsVersion2 = 'needs Smithy 2.0, and this file is 1.0. Add $version: "2.0" at its start.';

/** Reports what a file of version 1.0 cannot have. */
export function needVersion2(context: FileContext, what: string, offset: number, shapeId?: string): void {
  if (!context.file.isVersion1) return;
  complain(context, "needs-version-2", `${what} ${needsVersion2}`, offset, shapeId);
}
