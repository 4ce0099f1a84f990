import type { Finding, Report } from "./change.js";
import type { Use } from "./fits.js";
import type { MemberFacts, OperationFacts, ServiceFacts, ShapeFacts } from "./facts.js";

/** One thing in both clients, under the name that it has in each. */
export interface Pair<T> {
  readonly name: { readonly old: string; readonly new: string };
  readonly old: T;
  readonly new: T;
}

/** What is known of two clients while they are compared. */
export interface Comparing {
  readonly old: ServiceFacts;
  readonly new: ServiceFacts;
  readonly report: Report;
  readonly operations: Matched<OperationFacts>;
  readonly errors: Matched<ShapeFacts>;
  readonly shapes: Matched<ShapeFacts>;
  /** New name of a shape by its old one. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Functions that reach a shape or an error, by its name in the old or new client. */
  readonly usersOf: (side: "old" | "new", name: string) => readonly string[];
  /** Whether values of a shape are part of outputs or errors. */
  readonly reads: (side: "old" | "new", name: string) => boolean;
  /** Whether code that reads the old type may be given the new one; of a member, as its structure has it. */
  readonly isReadable: (old: MemberFacts, now: MemberFacts, shape?: Pair<ShapeFacts>) => boolean;
  /** Whether what was written for the old type is taken by the new one. */
  readonly isWritable: (old: MemberFacts, now: MemberFacts, shape: Pair<ShapeFacts>) => boolean;
  /** The same of two structures. */
  readonly fitsNamed: (from: string, to: string, use: Use) => boolean;
  /** The types in a member of the old client, by the names that they have in the new one. */
  readonly renamedType: (old: MemberFacts) => unknown;
}

/** What two clients have of one kind. */
export interface Matched<T> {
  readonly pairs: readonly Pair<T>[];
  readonly added: readonly Named<T>[];
  readonly removed: readonly Named<T>[];
}

export interface Named<T> {
  readonly name: string;
  readonly value: T;
}

/** A member of a structure or union in both clients. */
export interface MemberPair extends Pair<MemberFacts> {
  readonly shape: Pair<ShapeFacts>;
  /** Name for people: `LookupEventsRequest.MaxResults`. */
  readonly subject: string;
  /** Part of every finding about it. */
  readonly about: Pick<Finding, "subject" | "at" | "operations">;
}
