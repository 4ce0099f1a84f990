/** How far a change reaches: the part of the version that it raises. */
export type Level = "none" | "patch" | "minor" | "major";

const levels: readonly Level[] = ["none", "patch", "minor", "major"];

export function compareLevels(left: Level, right: Level): number {
  return levels.indexOf(left) - levels.indexOf(right);
}

export function worstOf(found: readonly Level[]): Level {
  return found.reduce<Level>((worst, level) => (compareLevels(level, worst) > 0 ? level : worst), "none");
}

/** The code that is concerned if a change is less than major. */
export type Flag =
  /** Objects that a test makes by hand in place of an output no longer have its type. */
  | "mocks"
  /** A `switch` that names every case no longer does. */
  | "exhaustive"
  /** The service rejects such calls anyway; the client now does so before it sends. */
  | "earlier";

/** One thing known by another name. */
export interface Rename {
  readonly kind: "operation" | "type" | "error" | "member" | "constant";
  /** Name in the old and in the new client. */
  readonly from: string;
  readonly to: string;
  /** The type that the member or constant is part of, by its name in the old client. */
  readonly of?: string;
  /** Names that follow from this one: the paginator of an operation, the validator of an input. */
  readonly others: Readonly<Record<string, string>>;
}

/** A difference between two clients. */
export interface Change {
  /** Stable while code and subject are: what a file of accepted changes names. */
  readonly id: string;
  /** Kind of change, in kebab case. */
  readonly code: string;
  /** What changed, by its name in the client: `LookupEventsRequest.MaxResults`. */
  readonly subject: string;
  /** A sentence for people; names are in backticks. */
  readonly message: string;
  /** Whether code that compiled stops compiling (`major`), can express more (`minor`), or shows other documentation (`patch`). */
  readonly types: Level;
  /** What unchanged code does differently at run time. */
  readonly behaviour: Level;
  /** Whether requests, or what is read of responses, differ: recorded traffic, proxies and policies may be concerned. */
  readonly wire: boolean;
  readonly flags: readonly Flag[];
  /** Functions whose callers are concerned, by their names in the old client, or in the new one where they are new. */
  readonly operations: readonly string[];
  readonly rename: Rename | undefined;
  /** Where it is in the model. */
  readonly at: { readonly side: "old" | "new"; readonly shapeId: string };
}

/** What a comparison reports about one change; the rest has defaults. */
export interface Finding {
  readonly code: string;
  readonly subject: string;
  readonly message: string;
  readonly at: Change["at"];
  readonly types?: Level;
  readonly behaviour?: Level;
  readonly wire?: boolean;
  readonly flags?: readonly Flag[];
  readonly operations?: readonly string[];
  readonly rename?: Rename;
}

export type Report = (finding: Finding) => void;

export function changeOf(finding: Finding): Change {
  const { code, subject, message, at, rename } = finding;
  const { types = "none", behaviour = "none", wire = false, flags = [], operations = [] } = finding;
  return { id: `${code}:${subject}`, code, subject, message, types, behaviour, wire, flags, operations, rename, at };
}

export function levelOf({ types, behaviour }: Change): Level {
  return worstOf([types, behaviour]);
}
