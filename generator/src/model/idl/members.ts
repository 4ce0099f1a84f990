import { readBody } from "./body.js";
import { readTarget } from "./properties.js";
import { complain, type FileContext, needVersion2, type ShapeStatement } from "./syntax.js";
import { readAssigned, readTraits, type TraitStatement } from "./traits.js";

/** Names of members that a list, set or map has; others have any. */
export const fixedMembers: ReadonlyMap<string, readonly string[]> = new Map([
  ["list", ["member"]],
  ["set", ["member"]],
  ["map", ["key", "value"]],
]);

/** Reads the members of a list, map, structure or union, in braces. Returns whether all could be read. */
export function readMembers(context: FileContext, shape: ShapeStatement): boolean {
  const names = fixedMembers.get(shape.type);
  const known = new Set<string>();
  return readBody(context, shape.id, () => {
    const traits = readTraits(context);
    const { scanner } = context;
    const isElided = scanner.accept("$");
    const { offset } = scanner;
    const name = scanner.identifier("a member");
    const id = `${shape.id}$${name}`;
    if (isElided) needVersion2(context, "A member whose target is elided", offset - 1, id);
    const json = isElided ? undefined : readMemberTarget(context);
    const assigned = readAssignment(context, "smithy.api#default", id);
    if (isDuplicate(context, known, name, offset, shape)) return;
    if (names && !names.includes(name)) {
      complain(
        context,
        "unknown-property",
        `Unexpected member ${name}: a ${shape.type} has only ${names.join(" and ")}.`,
        offset,
        id,
      );
      return;
    }
    shape.members.push({ name, offset, json, traits: assigned ? [...traits, assigned] : traits });
  });
}

/** Reads the members of an enum, in braces. Returns whether all could be read. */
export function readEnumMembers(context: FileContext, shape: ShapeStatement): boolean {
  const known = new Set<string>();
  return readBody(context, shape.id, () => {
    const traits = readTraits(context);
    const { offset } = context.scanner;
    const name = context.scanner.identifier("a member of the enum");
    const assigned = readAssignment(context, "smithy.api#enumValue", `${shape.id}$${name}`);
    if (isDuplicate(context, known, name, offset, shape)) return;
    const json = { target: "smithy.api#Unit" };
    shape.members.push({ name, offset, json, traits: assigned ? [...traits, assigned] : traits });
  });
}

function readMemberTarget(context: FileContext): Record<string, unknown> {
  const { scanner } = context;
  scanner.skipWhitespace();
  scanner.expect(":", "a colon and the target of the member");
  scanner.skipWhitespace();
  return readTarget(context, "the target of the member");
}

/** `= value`, which has the meaning of the trait. */
function readAssignment(context: FileContext, trait: string, id: string): TraitStatement | undefined {
  const { scanner } = context;
  const before = scanner.offset;
  scanner.skipSpaces();
  const { offset } = scanner;
  if (!scanner.accept("=")) {
    scanner.offset = before;
    return undefined;
  }
  needVersion2(context, "A value behind =", offset, id);
  scanner.skipSpaces();
  const value = scanner.offset;
  const assigned = readAssigned(context);
  scanner.dropDocumentation();
  scanner.expectLineEnd();
  return { name: trait, offset: value, ...assigned };
}

function isDuplicate(
  context: FileContext,
  known: Set<string>,
  name: string,
  offset: number,
  shape: ShapeStatement,
): boolean {
  if (known.has(name)) {
    complain(
      context,
      "duplicate-member",
      `Duplicate member ${name}. Rename or remove one of the two.`,
      offset,
      shape.id,
    );
    return true;
  }
  known.add(name);
  return false;
}
