import type { Rename } from "./change.js";
import { compareAuth } from "./compare-auth.js";
import { compareDeprecation } from "./compare-deprecation.js";
import { compareFeatures } from "./compare-features.js";
import { comparePages, compareWaiters } from "./compare-pages.js";
import type { OperationFacts } from "./facts.js";
import { isSame, own } from "./own.js";
import type { Comparing, Pair } from "./pair.js";

/** Functions that are new, gone or renamed, and what calls of the others do differently. */
export function compareOperations(comparing: Comparing): void {
  const { operations, report } = comparing;
  for (const { name, value } of operations.added) {
    report({
      code: "operation-added",
      subject: name,
      message: `\`${name}\` is new.`,
      at: { side: "new", shapeId: value.id },
      types: "minor",
      operations: [name],
    });
  }
  for (const { name, value } of operations.removed) {
    report({
      code: "operation-removed",
      subject: name,
      message: `\`${name}\` is gone.`,
      at: { side: "old", shapeId: value.id },
      types: "major",
      behaviour: "major",
      wire: true,
      operations: [name],
    });
  }
  for (const pair of operations.pairs) compareOperation(pair, comparing);
}

function compareOperation(pair: Pair<OperationFacts>, comparing: Comparing): void {
  const { old, new: now, name } = pair;
  const about = { subject: name.old, at: { side: "new" as const, shapeId: now.id }, operations: [name.old] };
  const { report } = comparing;
  const isHttp = old.http !== undefined && isSame(old.http, now.http);
  if (name.old !== name.new) {
    report({
      ...about,
      code: "operation-renamed",
      message: `\`${name.old}\` is now \`${name.new}\`.`,
      types: "major",
      // Requests of the others name their operation.
      behaviour: isHttp ? "none" : "major",
      wire: !isHttp,
      rename: renameOf(pair),
    });
  } else if (old.name !== now.name && !isHttp) {
    const message = `\`${name.old}\` calls ${now.name} of the service, before ${old.name}.`;
    report({ ...about, code: "operation-target-changed", message, behaviour: "major", wire: true });
  }
  compareDeprecation(old, now, about, report);
  compareStructures(pair, comparing);
  compareHttp(pair, comparing);
  compareIdempotence(pair, comparing);
  compareAuth(pair, comparing);
  compareFeatures(pair, comparing);
  comparePages(pair, comparing);
  compareWaiters(pair, comparing);
}

function renameOf({ name, old, new: now }: Pair<OperationFacts>): Rename {
  const others = [
    [old.failure, now.failure],
    [old.pages?.function, now.pages?.function],
    [`${name.old}$`, `${name.new}$`],
  ].flatMap(([from, to]) => (from !== undefined && to !== undefined && from !== to ? [[from, to] as const] : []));
  return { kind: "operation", from: name.old, to: name.new, others: Object.fromEntries(others) };
}

/** Whether a call has an input and an output, and of which type; their members are compared with the structures. */
function compareStructures({ name, old, new: now }: Pair<OperationFacts>, comparing: Comparing): void {
  const { report, renamed, shapes } = comparing;
  for (const part of ["input", "output"] as const) {
    const [from, to] = [old[part], now[part]];
    if ((from === undefined ? undefined : (renamed.get(from) ?? from)) === to) continue;
    const about = {
      subject: name.old,
      at: { side: "new" as const, shapeId: now.id },
      operations: [name.old],
    };
    if (from === undefined) {
      const needs = Object.values(own(comparing.new.shapes, to)?.members ?? {}).some(({ optional }) => !optional);
      const message = `\`${name.old}\` has an ${part} now, \`${to}\`.`;
      const isStrict = part === "input" && needs;
      report({
        ...about,
        code: `${part}-added`,
        message,
        types: isStrict ? "major" : "minor",
        behaviour: isStrict ? "major" : "none",
      });
    } else if (to === undefined) {
      const message = `\`${name.old}\` has no ${part} any more; it had \`${from}\`.`;
      report({ ...about, code: `${part}-removed`, message, types: "major", behaviour: "major", wire: true });
    } else {
      const isGone = shapes.removed.some((each) => each.name === from);
      const message = `The ${part} of \`${name.old}\` is \`${to}\`, before \`${from}\`.`;
      const isBroken = isGone || !comparing.fitsNamed(from, to, part === "input" ? "write" : "read");
      report({
        ...about,
        code: `${part}-changed`,
        message,
        types: isBroken ? "major" : "minor",
        behaviour: isBroken ? "major" : "none",
        wire: isBroken,
      });
    }
  }
}

function compareHttp({ name, old, new: now }: Pair<OperationFacts>, { report }: Comparing): void {
  if (!old.http || !now.http || isSame(old.http, now.http)) return;
  const shown = ({ method, uri, code }: NonNullable<OperationFacts["http"]>): string => `${method} ${uri} (${code})`;
  report({
    code: "http-changed",
    subject: name.old,
    message: `\`${name.old}\` is sent as ${shown(now.http)}, before ${shown(old.http)}.`,
    at: { side: "new", shapeId: now.id },
    behaviour: "patch",
    wire: true,
    operations: [name.old],
  });
}

function compareIdempotence({ name, old, new: now }: Pair<OperationFacts>, { report }: Comparing): void {
  if (old.idempotent === now.idempotent) return;
  const about = { subject: name.old, at: { side: "new" as const, shapeId: now.id }, operations: [name.old] };
  if (now.idempotent) {
    const message = `\`${name.old}\` is idempotent: repeating a call has the effect of one.`;
    report({ ...about, code: "idempotent-added", message, behaviour: "minor" });
  } else {
    const message = `\`${name.old}\` is no longer idempotent: to repeat a call may have another effect.`;
    report({ ...about, code: "idempotent-removed", message, behaviour: "major" });
  }
}
