import type { OperationFacts } from "./facts.js";
import { isSame, own } from "./own.js";
import { byName } from "./match.js";
import type { Comparing, Pair } from "./pair.js";

/** Paginators: whether there is one, its tokens and its items. */
export function comparePages({ name, old, new: now }: Pair<OperationFacts>, comparing: Comparing): void {
  const { report } = comparing;
  const [before, after] = [old.pages, now.pages];
  const about = {
    subject: before?.function ?? after?.function ?? "",
    at: { side: "new" as const, shapeId: now.id },
    operations: [name.old],
  };
  if (!before && after) {
    report({ ...about, code: "paginator-added", message: `\`${after.function}\` is new.`, types: "minor" });
  } else if (before && !after) {
    const message = `\`${before.function}\` is gone.`;
    report({ ...about, code: "paginator-removed", message, types: "major", behaviour: "major" });
  }
  if (!before || !after) return;
  if (!isSame(before.tokens, after.tokens)) {
    const message = `\`${after.function}\` continues by other members: ${JSON.stringify(after.tokens)}, before ${JSON.stringify(before.tokens)}.`;
    report({ ...about, code: "paginator-tokens-changed", message, behaviour: "minor", wire: true });
  }
  if (isSame(before.items, after.items)) return;
  if (!before.items) {
    report({ ...about, code: "paginator-items-added", message: `\`${after.function}\` has items.`, types: "minor" });
  } else if (!after.items) {
    const message = `\`${after.function}\` no longer has items.`;
    report({ ...about, code: "paginator-items-removed", message, types: "major", behaviour: "major" });
  } else {
    const isRead = before.items.of === after.items.of && comparing.isReadable(before.items.item, after.items.item);
    const isMoved = before.items.path !== after.items.path;
    if (isRead && !isMoved) return;
    const message = `Items of \`${after.function}\` are those of ${after.items.path}, before of ${before.items.path}.`;
    report({
      ...about,
      code: "paginator-items-changed",
      message,
      types: isRead ? "none" : "major",
      behaviour: isMoved ? "major" : "none",
    });
  }
}

/** Waiters by the names of their functions. */
export function compareWaiters({ name, old, new: now }: Pair<OperationFacts>, { report }: Comparing): void {
  const { pairs, added, removed } = byName(old.waiters, now.waiters);
  const about = { at: { side: "new" as const, shapeId: now.id }, operations: [name.old] };
  for (const waiter of added) {
    report({
      ...about,
      code: "waiter-added",
      subject: waiter.name,
      message: `\`${waiter.name}\` is new.`,
      types: "minor",
    });
  }
  for (const waiter of removed) {
    const message = `\`${waiter.name}\` is gone.`;
    report({ ...about, code: "waiter-removed", subject: waiter.name, message, types: "major", behaviour: "major" });
  }
  for (const waiter of pairs) {
    const subject = waiter.name.old;
    if (!isSame(waiter.old.acceptors, waiter.new.acceptors)) {
      const message = `\`${subject}\` ends by other responses than before.`;
      report({ ...about, code: "waiter-acceptors-changed", subject, message, behaviour: "minor" });
    }
    if (!isSame(waiter.old.delays, waiter.new.delays)) {
      const [min, max] = waiter.new.delays;
      const message = `\`${subject}\` waits ${min} to ${max} s between requests, before ${waiter.old.delays.join(" to ")} s.`;
      report({ ...about, code: "waiter-delays-changed", subject, message, behaviour: "patch" });
    }
    if (!own(old.waiters, subject)?.deprecated && waiter.new.deprecated) {
      report({ ...about, code: "deprecated", subject, message: `\`${subject}\` is deprecated.`, types: "patch" });
    }
  }
}
