import type { Change, Level } from "./change.js";
import type { Verdict } from "./verdict.js";

/** Where a change is in a file; 1-based. */
export interface ChangePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export interface ReportedChange extends Change {
  readonly level: Level;
  /** Undefined if the file has no location for it, as a generated package. */
  readonly place: ChangePlace | undefined;
  /** The reason for which it is accepted. */
  readonly accepted: string | undefined;
}

/** Everything that `clientsmith diff` reports, in whatever format. */
export interface DiffReport extends Verdict {
  readonly old: string;
  readonly new: string;
  readonly service: string;
  readonly outputs: string;
  readonly changes: readonly ReportedChange[];
  /** What is wrong with the declared version. */
  readonly declared: string | undefined;
}

/** Types that come and go with operations alone are reported with these. */
export function withoutFollowers(changes: readonly ReportedChange[]): {
  readonly shown: readonly ReportedChange[];
  readonly followers: ReadonlyMap<string, number>;
} {
  const followers = new Map<string, number>();
  const shown = changes.filter(({ code, operations, accepted }) => {
    const cause = leaders[code];
    if (cause === undefined || accepted !== undefined || operations.length === 0) return true;
    const causes = operations.map((name) => `${cause}:${name}`);
    if (!causes.every((id) => changes.some((change) => change.id === id))) return true;
    const first = causes[0] ?? "";
    followers.set(first, (followers.get(first) ?? 0) + 1);
    return false;
  });
  return { shown, followers };
}

const leaders: Readonly<Record<string, string>> = {
  "type-added": "operation-added",
  "error-added": "operation-added",
  "type-removed": "operation-removed",
  "error-removed": "operation-removed",
};

/** `types, behaviour, wire`: where a change is felt. */
export function effectsOf({ types, behaviour, wire, flags }: Change): string {
  return [
    types === "none" ? "" : `types ${types}`,
    behaviour === "none" ? "" : `behaviour ${behaviour}`,
    wire ? "on the wire" : "",
    ...flags,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

export function placeText(place: ChangePlace | undefined): string {
  return place ? [place.file, place.line, place.column].filter((part) => part !== undefined).join(":") : "";
}
