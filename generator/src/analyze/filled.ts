import { membersOf, reaches } from "./reach.js";
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
