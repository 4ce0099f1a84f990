import type { Bounds, MemberFacts } from "./facts.js";
import type { Comparing, MemberPair } from "./pair.js";

/** What of a member's value is checked, in its lists and maps too. */
export function compareConstraints({ old, new: now, shape, about, subject }: MemberPair, { report }: Comparing): void {
  const isSent = shape.old.inInput === true;
  for (const [where, before, after] of parts(subject, old, now)) {
    for (const kind of ["length", "range"] as const) {
      for (const [bound, change] of boundChanges(before[kind] ?? {}, after[kind] ?? {})) {
        const value = (bounds: Bounds | undefined): string => String(bounds?.[bound] ?? "none");
        const isChecked = isSent && bound === "min" && change === "tightened";
        report({
          ...about,
          subject: where,
          code: `${bound}-${change}`,
          message: `The ${bound === "min" ? "minimum" : "maximum"} ${kind === "length" ? "length" : "value"} of \`${where}\` is ${value(after[kind])}, before ${value(before[kind])}.`,
          // Minimums are checked unless a client switches that off.
          behaviour: isChecked ? "major" : "patch",
          flags: isSent && change === "tightened" ? ["earlier"] : [],
        });
      }
    }
    if (before.pattern !== after.pattern) {
      const change = before.pattern === undefined ? "added" : after.pattern === undefined ? "removed" : "changed";
      const shown = [before.pattern, after.pattern].filter((pattern) => pattern !== undefined).join(" → ");
      report({
        ...about,
        subject: where,
        code: `pattern-${change}`,
        message: `The pattern of \`${where}\` is ${change}: ${shown}.`,
        behaviour: "patch",
      });
    }
    if (before.uniqueItems !== after.uniqueItems) {
      const message = `Items of \`${where}\` must ${after.uniqueItems ? "" : "no longer "}differ.`;
      report({
        ...about,
        subject: where,
        code: `unique-items-${after.uniqueItems ? "added" : "removed"}`,
        message,
        behaviour: "patch",
      });
    }
  }
}

function boundChanges(before: Bounds, after: Bounds): (readonly ["min" | "max", "tightened" | "loosened"])[] {
  const [min, max] = [
    [before.min ?? -Infinity, after.min ?? -Infinity],
    [before.max ?? Infinity, after.max ?? Infinity],
  ] as const;
  return [
    ...(min[0] === min[1] ? [] : [["min", min[1] > min[0] ? "tightened" : "loosened"] as const]),
    ...(max[0] === max[1] ? [] : [["max", max[1] < max[0] ? "tightened" : "loosened"] as const]),
  ];
}

/** A member and what its lists and maps hold, as far as both clients have it. */
export function* parts(
  where: string,
  old: MemberFacts,
  now: MemberFacts,
): Generator<readonly [where: string, old: MemberFacts, now: MemberFacts]> {
  yield [where, old, now];
  if (old.member && now.member) yield* parts(`${where}[]`, old.member, now.member);
  if (old.key && now.key) yield* parts(`${where}{key}`, old.key, now.key);
  if (old.value && now.value) yield* parts(`${where}{}`, old.value, now.value);
}
