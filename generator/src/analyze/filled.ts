import type { ShapeId } from "../model/model.js";
import type { MemberIr, OperationIr, ServiceIr } from "../ir/ir.js";

/**
 * Whether something of an operation is filled where it is not set: a `smithy.api#default` inside the input, or in an
 * output or error also the zero value of a required member.
 *
 * @see https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction
 */
export function isFilled(
  { input, output, errors }: OperationIr,
  { shapes, outputs }: Pick<ServiceIr, "shapes" | "outputs">,
): boolean {
  const read = [output, ...errors].flatMap((shape) => shape?.members ?? []);
  // The members of the input itself are not filled, so that the service can change their defaults.
  const nested = (input?.members ?? []).flatMap((member) => membersOf(member, shapes));
  const isNeeded = ({ required, clientOptional }: MemberIr): boolean =>
    outputs === "modelled" && required && !clientOptional;
  return (
    reaches(nested, shapes, hasDefault) || reaches(read, shapes, (member) => hasDefault(member) || isNeeded(member))
  );
}

function hasDefault({ default: value, clientOptional, streaming }: MemberIr): boolean {
  return value !== undefined && !clientOptional && !streaming;
}

function reaches(
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

function membersOf(member: MemberIr, shapes: ServiceIr["shapes"]): readonly MemberIr[] {
  const shape = shapes.get(targetOf(member) ?? "");
  return shape && "members" in shape ? shape.members : [];
}
