import type { MemberIr, OperationIr, ServiceIr } from "../ir/ir.js";
import { reaches } from "./reach.js";

/** Whether the output of an operation contains a `bigInteger` or `bigDecimal` as a JSON number. */
export function receivesBigNumbers(
  { output }: OperationIr,
  { protocol, shapes }: Pick<ServiceIr, "protocol" | "shapes">,
): boolean {
  return protocol.json === true && reaches(output?.members ?? [], shapes, isBig);
}

function isBig({ type }: MemberIr): boolean {
  if ("member" in type) return isBig(type.member);
  if ("value" in type) return isBig(type.value);
  return type.type === "bigInteger" || type.type === "bigDecimal";
}
