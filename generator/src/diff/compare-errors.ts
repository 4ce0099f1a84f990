import type { ErrorFacts, OperationFacts } from "./facts.js";
import { isSame } from "./own.js";
import type { Comparing, Pair } from "./pair.js";
import { compareMembers } from "./compare-members.js";

/** Error classes, and the facts of each error. */
export function compareErrors(comparing: Comparing): void {
  const { errors, operations, report, usersOf } = comparing;
  const renamed = new Map(errors.pairs.map(({ name }) => [name.old, name.new]));
  for (const { name, value } of errors.removed) {
    report({
      code: "error-removed",
      subject: name,
      message: `The error \`${name}\` is gone.`,
      at: { side: "old", shapeId: value.id },
      types: "major",
      behaviour: "patch",
      operations: usersOf("old", name),
    });
  }
  for (const { name, value } of errors.added) {
    const users = usersOf("new", name);
    report({
      code: "error-added",
      subject: name,
      message: `The error \`${name}\` is new.`,
      at: { side: "new", shapeId: value.id },
      types: "minor",
      flags: ["exhaustive"],
      operations: users,
    });
  }
  for (const pair of errors.pairs) {
    const about = {
      subject: pair.name.old,
      at: { side: "new" as const, shapeId: pair.new.id },
      operations: usersOf("old", pair.name.old),
    };
    if (pair.name.old !== pair.name.new) {
      report({
        ...about,
        code: "error-renamed",
        message: `The error \`${pair.name.old}\` is now \`${pair.name.new}\`.`,
        types: "major",
        behaviour: "major",
        wire: true,
        rename: { kind: "error", from: pair.name.old, to: pair.name.new, others: {} },
      });
    }
    if (pair.old.error && pair.new.error) {
      for (const finding of differences(pair.name.new, pair.old.error, pair.new.error))
        report({ ...about, ...finding });
    }
    compareMembers(pair, comparing);
  }
  for (const pair of operations.pairs) compareThrown(pair, renamed, comparing);
}

/** Status of an error that has none of its own. */
const usualStatus: Readonly<Record<string, number>> = { client: 400, server: 500 };

function* differences(name: string, old: ErrorFacts, now: ErrorFacts) {
  if (old.fault !== now.fault) {
    yield {
      code: "error-fault-changed",
      message: `\`${name}\` is the ${now.fault}'s fault, before the ${old.fault}'s: whether it is retried may differ.`,
      behaviour: "major" as const,
      wire: true,
    };
  }
  const [before, after] = [old, now].map(({ fault, status }) => status ?? usualStatus[fault]);
  if (before !== after && old.fault === now.fault) {
    const shown = (status: number | undefined): string =>
      status === undefined ? "no status of its own" : `status ${status}`;
    yield {
      code: "error-status-changed",
      message: `\`${name}\` has ${shown(now.status)}, before ${shown(old.status)}.`,
      behaviour: "major" as const,
      wire: true,
    };
  }
  if (old.queryErrorCode !== now.queryErrorCode) {
    yield {
      code: "error-query-code-changed",
      message: `The code of \`${name}\` in the query protocol is ${now.queryErrorCode ?? "its name"}, before ${old.queryErrorCode ?? "its name"}.`,
      behaviour: "major" as const,
      wire: true,
    };
  }
  if (!isSame(old.retryable, now.retryable)) {
    const isLess = now.retryable === undefined;
    yield {
      code: isLess
        ? "error-retryable-removed"
        : old.retryable === undefined
          ? "error-retryable-added"
          : "error-throttling-changed",
      message: isLess
        ? `\`${name}\` is no longer retried.`
        : `\`${name}\` is retried${now.retryable === "throttling" ? ", as throttling" : ""}.`,
      behaviour: isLess || old.retryable !== undefined ? ("major" as const) : ("minor" as const),
    };
  }
}

/** Which errors an operation's module exports and its union names. */
function compareThrown(
  { name, old, new: now }: Pair<OperationFacts>,
  renamed: ReadonlyMap<string, string>,
  { report, errors }: Comparing,
): void {
  const before = old.errors.map((error) => renamed.get(error) ?? error);
  const isIn = (list: readonly { readonly name: string }[], error: string): boolean =>
    list.some((each) => each.name === error);
  for (const error of before) {
    // An error that was removed from the model is reported once.
    if (now.errors.includes(error) || isIn(errors.removed, error)) continue;
    report({
      code: "operation-error-removed",
      subject: `${name.old}.${error}`,
      message: `\`${name.old}\` no longer fails with \`${error}\`.`,
      at: { side: "new", shapeId: now.id },
      types: "major",
      behaviour: "patch",
      operations: [name.old],
    });
  }
  for (const error of now.errors) {
    if (before.includes(error) || isIn(errors.added, error)) continue;
    report({
      code: "operation-error-added",
      subject: `${name.old}.${error}`,
      message: `\`${name.old}\` may fail with \`${error}\`.`,
      at: { side: "new", shapeId: now.id },
      types: "minor",
      flags: ["exhaustive"],
      operations: [name.old],
    });
  }
}
