import { nearest } from "../text/nearest.js";
import type { Flag } from "./change.js";
import type { ShapeFacts } from "./facts.js";
import { own } from "./own.js";
import type { Comparing, Pair } from "./pair.js";

/** Constants of an enum. Its type takes any value, so what is sent and read stays possible. */
export function compareEnum({ name, old, new: now }: Pair<ShapeFacts>, { report, usersOf, reads }: Comparing): void {
  const [before, after] = [old.values ?? {}, now.values ?? {}];
  const added = Object.keys(after).filter((constant) => !Object.hasOwn(before, constant));
  const isRead = reads("new", name.new);
  const operations = usersOf("old", name.old);
  const about = (constant: string, current = constant) => ({
    subject: `${name.old}.${constant}`,
    at: { side: "new" as const, shapeId: `${now.id}$${current}` },
    operations,
  });
  const renamed = new Map<string, string>();
  for (const [constant, value] of Object.entries(before)) {
    const current = own(after, constant);
    if (current === value) continue;
    if (current !== undefined) {
      const message = `\`${name.old}.${constant}\` is ${JSON.stringify(current)}, before ${JSON.stringify(value)}.`;
      report({
        ...about(constant),
        code: "enum-value-changed",
        message,
        types: "major",
        behaviour: "major",
        wire: true,
      });
      continue;
    }
    const open = added.filter((each) => ![...renamed.values()].includes(each));
    const twin = open.find((each) => own(after, each) === value);
    const near = twin ?? nearest(constant, open);
    if (near === undefined) {
      const message = `\`${name.old}.${constant}\` (${JSON.stringify(value)}) is gone; the type still takes the value.`;
      report({
        ...about(constant),
        at: { side: "old", shapeId: `${old.id}$${constant}` },
        code: "enum-constant-removed",
        message,
        types: "major",
        behaviour: "patch",
      });
      continue;
    }
    renamed.set(constant, near);
    const isSent = twin === undefined;
    const sent = isSent ? ` and sends ${JSON.stringify(own(after, near))}, before ${JSON.stringify(value)}` : "";
    report({
      ...about(constant, near),
      code: "enum-constant-renamed",
      message: `\`${name.old}.${constant}\` is now \`${name.new}.${near}\`${sent}.`,
      types: "major",
      behaviour: isSent ? "major" : "none",
      wire: isSent,
      rename: { kind: "constant", from: constant, to: near, of: name.old, others: {} },
    });
  }
  for (const constant of added) {
    if ([...renamed.values()].includes(constant)) continue;
    const flags: Flag[] = isRead ? ["exhaustive"] : [];
    report({
      ...about(constant),
      code: "enum-constant-added",
      message: `\`${name.new}.${constant}\` (${JSON.stringify(own(after, constant))}) is new.`,
      types: "minor",
      behaviour: isRead ? "minor" : "none",
      flags,
    });
  }
}
