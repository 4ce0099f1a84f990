import type { MemberIr, ServiceIr, StructureIr, UnionIr } from "../../ir/ir.js";
import { memberDeclaration } from "./types.js";

/** Maximum nesting, because a recursive shape has no end. */
const deepest = 12;

/**
 * The smallest input that type checks, in the form of the model's examples: only required members. Strings contain the
 * name of their member.
 */
export function leastInput(input: StructureIr | undefined, ir: ServiceIr): Record<string, unknown> {
  return input ? leastStructure(input, ir, 0) : {};
}

function leastStructure(shape: StructureIr, ir: ServiceIr, depth: number): Record<string, unknown> {
  const needed = shape.members.filter((member) => !memberDeclaration(member, shape, ir).optional);
  return Object.fromEntries(needed.map((member) => [member.name, leastValue(member, ir, depth + 1)]));
}

function leastValue(member: MemberIr, ir: ServiceIr, depth: number): unknown {
  const { type, length, range, name } = member;
  if ("shape" in type) {
    const shape = ir.shapes.get(type.shape);
    if (shape && "values" in shape) return shape.values[0]?.value;
    if (!shape || depth > deepest) return {};
    return shape.type === "union" ? leastUnion(shape, ir, depth) : leastStructure(shape, ir, depth);
  }
  if ("member" in type)
    return (length?.min ?? 0) > 0 && depth <= deepest ? [leastValue(type.member, ir, depth + 1)] : [];
  switch (type.type) {
    case "map":
    case "document":
      return {};
    case "boolean":
      return true;
    case "string":
    case "blob":
      return name;
    case "timestamp":
      return 0;
    default:
      return range?.min ?? 1;
  }
}

/** Sets the simplest member of a union: one that does not target a structure or union, if there is one. */
function leastUnion({ members }: UnionIr, ir: ServiceIr, depth: number): Record<string, unknown> {
  const member = members.find(({ type }) => !("shape" in type)) ?? members[0];
  return member ? { [member.name]: leastValue(member, ir, depth + 1) } : {};
}
