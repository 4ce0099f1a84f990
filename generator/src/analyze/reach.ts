import type { ShapeId } from "../model/model.js";
import type { MemberIr, ServiceIr } from "../ir/ir.js";

/** Whether a member, or one inside the shapes that it holds, passes the test. */
export function reaches(
  start: readonly MemberIr[],
  shapes: ServiceIr["shapes"],
  test: (member: MemberIr) => boolean,
): boolean {
  const seen = new Set<ShapeId>();
  const open = [...start];
  for (let member = open.pop(); member; member = open.pop()) {
    if (test(member)) return true;
    const target = targetOf(member);
    if (target === undefined || seen.has(target)) continue;
    seen.add(target);
    open.push(...membersOf(member, shapes));
  }
  return false;
}

/** The structure or union that a member holds in the end, through lists and maps. */
function targetOf({ type }: MemberIr): ShapeId | undefined {
  if ("member" in type) return targetOf(type.member);
  if ("value" in type) return targetOf(type.value);
  return type.type === "structure" || type.type === "union" ? type.shape : undefined;
}

/** The members of the structure or union that a member holds in the end. */
export function membersOf(member: MemberIr, shapes: ServiceIr["shapes"]): readonly MemberIr[] {
  const shape = shapes.get(targetOf(member) ?? "");
  return shape && "members" in shape ? shape.members : [];
}
