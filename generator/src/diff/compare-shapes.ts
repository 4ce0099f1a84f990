import { compareDeprecation } from "./compare-deprecation.js";
import { compareEnum } from "./compare-enums.js";
import { compareMembers } from "./compare-members.js";
import type { ShapeFacts } from "./facts.js";
import { isSame } from "./own.js";
import type { Comparing, Pair } from "./pair.js";

const words = { structure: "structure", union: "union", enum: "enum", intEnum: "enum of integers" } as const;

/** Types that the client exports: new, gone, renamed, or of another kind. */
export function compareShapes(comparing: Comparing): void {
  const { shapes, report, usersOf } = comparing;
  for (const { name, value } of shapes.added) {
    report({
      code: "type-added",
      subject: name,
      message: `The ${words[value.kind]} \`${name}\` is new.`,
      at: { side: "new", shapeId: value.id },
      types: "minor",
      operations: usersOf("new", name),
    });
  }
  for (const { name, value } of shapes.removed) {
    report({
      code: "type-removed",
      subject: name,
      message: `The ${words[value.kind]} \`${name}\` is gone.`,
      at: { side: "old", shapeId: value.id },
      types: "major",
      operations: usersOf("old", name),
    });
  }
  for (const pair of shapes.pairs) compareShape(pair, comparing);
}

function compareShape(pair: Pair<ShapeFacts>, comparing: Comparing): void {
  const { name, old, new: now } = pair;
  const { report } = comparing;
  const about = {
    subject: name.old,
    at: { side: "new" as const, shapeId: now.id },
    operations: comparing.usersOf("old", name.old),
  };
  if (name.old !== name.new) {
    const others = [
      ...(old.values ? [] : [[`${name.old}$`, `${name.new}$`] as const]),
      ...(old.validator !== undefined && now.validator !== undefined ? [[old.validator, now.validator] as const] : []),
    ];
    report({
      ...about,
      code: "type-renamed",
      message: `The ${words[old.kind]} \`${name.old}\` is now \`${name.new}\`.`,
      types: "major",
      rename: { kind: "type", from: name.old, to: name.new, others: Object.fromEntries(others) },
    });
  }
  compareDeprecation(old, now, about, report);
  if (!isSame(old.xml, now.xml)) {
    report({
      ...about,
      code: "xml-name-changed",
      message: `\`${name.old}\` has another name in XML.`,
      behaviour: "patch",
      wire: true,
    });
  }
  if (old.kind !== now.kind) {
    const message = `\`${name.old}\` is of the kind ${words[now.kind]}, before ${words[old.kind]}.`;
    // Enums of text and of numbers, and everything else, have values that have nothing in common.
    report({ ...about, code: "type-kind-changed", message, types: "major", behaviour: "major", wire: true });
  } else if (old.values) compareEnum(pair, comparing);
  else compareMembers(pair, comparing);
}
