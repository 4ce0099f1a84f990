import type { Comparing } from "./pair.js";

/** All changes of documentation as one: they are many, and change no program. */
export function compareDocumentation({ old, new: now, operations, errors, shapes, report }: Comparing): void {
  const counts = {
    operation: operations.pairs.filter((pair) => pair.old.doc !== pair.new.doc).length,
    type: [...shapes.pairs, ...errors.pairs].filter((pair) => pair.old.doc !== pair.new.doc).length,
    member: [...shapes.pairs, ...errors.pairs].reduce((sum, pair) => {
      const after = new Map(Object.entries(pair.new.members ?? {}));
      const changed = Object.entries(pair.old.members ?? {}).filter(([name, member]) => {
        const current = after.get(name);
        return current !== undefined && current.doc !== member.doc;
      });
      return sum + changed.length;
    }, 0),
  };
  const parts = Object.entries(counts).flatMap(([what, count]) =>
    count === 0 ? [] : `${count} ${what}${count === 1 ? "" : "s"}`,
  );
  if (old.doc !== now.doc) parts.unshift("the service");
  if (parts.length === 0) return;
  report({
    code: "documentation-changed",
    subject: now.names["service"] ?? "",
    message: `Documentation differs: ${parts.join(", ")}.`,
    at: { side: "new", shapeId: now.id },
    types: "patch",
  });
}
