import type { MemberIr } from "../../ir/ir.js";
import type { ShapeId } from "../../model/model.js";
import { code } from "../../text/markup.js";

/** Constraints of a value as phrases in Markdown, or of the values in it. */
export interface Constraints {
  /** `Each item`, `Keys`, `Values`. Empty for the value itself. */
  readonly of: string;
  /** `3 to 36 characters`, `pattern …` */
  readonly phrases: readonly string[];
  /** The value is one of this enum. */
  readonly enumId: ShapeId | undefined;
}

/** The constraints of a member, and of the items of a list or the keys and values of a map. */
export function constraintsOf(member: MemberIr): Constraints[] {
  const { type } = member;
  const inside =
    "member" in type
      ? [constraints("Each item", type.member)]
      : "key" in type
        ? [constraints("Keys", type.key), constraints("Values", type.value)]
        : [];
  return [constraints("", member), ...inside].filter(
    ({ phrases, enumId }) => phrases.length > 0 || enumId !== undefined,
  );
}

function constraints(of: string, { type, length, range, pattern, uniqueItems }: MemberIr): Constraints {
  const isEnum = "shape" in type && (type.type === "enum" || type.type === "intEnum");
  const phrases = [
    length && lengthText(length, unitOf(type.type)),
    range && rangeText(range),
    pattern && `pattern ${code(pattern.source)}`,
    uniqueItems && "unique items",
  ];
  return {
    of,
    phrases: phrases.filter((phrase) => typeof phrase === "string" && phrase !== "") as string[],
    enumId: isEnum ? type.shape : undefined,
  };
}

function unitOf(type: MemberIr["type"]["type"]): [one: string, several: string] {
  if (type === "list") return ["item", "items"];
  if (type === "map") return ["entry", "entries"];
  return type === "blob" ? ["byte", "bytes"] : ["character", "characters"];
}

function lengthText({ min, max }: NonNullable<MemberIr["length"]>, [one, several]: [string, string]): string {
  const counted = (count: number): string => `${grouped(count)} ${count === 1 ? one : several}`;
  if (min !== undefined && min > 0 && max !== undefined) {
    return min === max ? `exactly ${counted(min)}` : `${grouped(min)} to ${counted(max)}`;
  }
  if (max !== undefined) return `at most ${counted(max)}`;
  return min === undefined || min === 0 ? "" : `at least ${counted(min)}`;
}

function rangeText({ min, max }: NonNullable<MemberIr["range"]>): string {
  if (min !== undefined && max !== undefined) return `from ${grouped(min)} to ${grouped(max)}`;
  if (max !== undefined) return `at most ${grouped(max)}`;
  return min === undefined ? "" : `at least ${grouped(min)}`;
}

/** Formats an integer with thousands separators: `10,000`. */
function grouped(value: number): string {
  return Number.isSafeInteger(value) ? String(value).replaceAll(/\B(?=(\d{3})+$)/g, ",") : String(value);
}
