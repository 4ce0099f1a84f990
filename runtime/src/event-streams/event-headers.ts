import { warnings } from "../observe/channels.js";
import { ResponseMismatch } from "../errors/mismatch.js";
import type { Member, StructureShape } from "../schema/shapes.js";
import { getOwn, setOwn } from "../schema/values.js";
import { decodeUtf8 } from "../text/bytes.js";
import { representable } from "../text/representable.js";
import type { EventHeader } from "./message.js";

type Headers = Readonly<Record<string, EventHeader>>;

/** The header of a member with `smithy.api#eventHeader`. @throws TypeError for a value of another type */
export function headerOf(name: string, member: Member, value: unknown): EventHeader {
  const type = "type" in member ? member.type : undefined;
  switch (type) {
    case "boolean":
      if (typeof value === "boolean") return { type, value };
      break;
    case "byte":
    case "short":
    case "integer":
      if (Number.isInteger(value)) return { type, value: value as number };
      break;
    case "long":
      if (Number.isInteger(value) || typeof value === "bigint") return { type, value: value as number | bigint };
      break;
    case "blob":
      if (value instanceof Uint8Array) return { type: "binary", value };
      break;
    case "string":
      if (typeof value === "string") return { type, value: representable(value) };
      break;
    case "timestamp":
      if (value instanceof Date) return { type, value };
      break;
    default:
  }
  throw new TypeError(`${name} is sent as a header, so it must be a ${type}`);
}

/** Sets the members that are bound to headers. A header of another type is left out, with a warning. */
export function readHeaders(shape: StructureShape, headers: Headers, values: Record<string, unknown>): void {
  for (const [name, member] of Object.entries(shape.members)) {
    const header = member.eventHeader && (getOwn(headers, name) as EventHeader | undefined);
    if (!header) continue;
    const value = valueOf(member, header);
    if (value !== undefined) setOwn(values, name, value);
    else {
      const wanted = "type" in member ? member.type : "simple";
      const { message } = new ResponseMismatch(`${shape.name}.${name}`, `a header of type ${wanted}`, header.value);
      warnings.publish({ message });
    }
  }
}

function valueOf(member: Member, { type, value }: EventHeader): unknown {
  switch ("type" in member ? member.type : undefined) {
    case "byte":
    case "short":
    case "integer":
    case "long":
      return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
    case "string":
      return type === "string" || type === "uuid" ? value : type === "binary" ? decodeUtf8(value) : undefined;
    case "boolean":
      return type === "boolean" ? value : undefined;
    case "blob":
      return type === "binary" ? value : undefined;
    case "timestamp":
      return type === "timestamp" ? value : undefined;
    default:
      return undefined;
  }
}
