import { isAnyObject } from "../text/any-object.js";
import { type Member, type StructureShape, targetOf, type UnionShape } from "./shapes.js";

/** What sensitive values are replaced by. */
export const mask = "***SensitiveInformation***";

/** A copy of a value for logs: sensitive members are masked, unknown members are omitted. */
export function redact(shape: StructureShape | UnionShape, value: unknown): unknown {
  if (!isAnyObject(value)) return value;
  const copy: [string, unknown][] = [];
  for (const [name, item] of Object.entries(value)) {
    const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (member) copy.push([name, redactMember(member, item)]);
  }
  return Object.fromEntries(copy);
}

function redactMember(member: Member, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (member.sensitive) return mask;
  if ("target" in member) return redact(targetOf(member), value);
  if (member.type === "list" && Array.isArray(value)) return value.map((item) => redactMember(member.member, item));
  if (member.type === "map" && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [member.key.sensitive ? mask : key, redactMember(member.value, item)]),
    );
  }
  if (value instanceof Uint8Array) return `(${value.byteLength} bytes)`;
  // A stream is not read, because it can be consumed only once.
  if ("streaming" in member) return typeof value === "string" ? `(${value.length} characters)` : "(a stream)";
  return value;
}
