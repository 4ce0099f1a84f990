import {
  type ListMember,
  type MapMember,
  type Member,
  type StringMember,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../schema/shapes.js";
import { getOwn, isBytes, isDate } from "../../schema/values.js";
import { maximumDepth } from "../../validate/rules.js";
import { characters } from "../../validate/types.js";
import { awsError } from "../aws-error.js";
import type { AWSError } from "../types.js";
import type { ParamRules } from "./index.js";
import { isJsonValue } from "./json-value.js";

const hidden = "***SensitiveInformation***";

/** All that is wrong with parameters: in each structure first the required keys that are missing, then what is given. */
export function findErrors(shape: StructureShape, params: unknown, rules: ParamRules): AWSError[] {
  const checker = new Checker(rules);
  checker.checkStructure(shape, params, "params", 0);
  return checker.errors;
}

class Checker {
  readonly errors: AWSError[] = [];
  readonly #rules: ParamRules;

  constructor(rules: ParamRules) {
    this.#rules = rules;
  }

  checkStructure({ members }: StructureShape | UnionShape, value: unknown, path: string, depth: number): void {
    if (this.#isMissing(value) || this.#isTooDeep(path, depth)) return;
    if (typeof value !== "object") this.#fail("InvalidParameterType", `Expected ${path} to be a structure`);
    // What is no object is told of its keys too: a text has its characters.
    const given = Object(value) as Record<string, unknown>;
    for (const [name, { required }] of Object.entries(members)) {
      if (required && this.#isMissing(getOwn(given, name))) {
        this.#fail("MissingRequiredParameter", `Missing required key '${name}' in ${path}`);
      }
    }
    for (const [name, item] of Object.entries(given)) {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (member) this.#check(member, item, `${path}.${name}`, depth + 1);
      else if (!this.#isMissing(item)) this.#fail("UnexpectedParameter", `Unexpected key '${name}' found in ${path}`);
    }
  }

  #check(member: Member, value: unknown, path: string, depth: number): void {
    if (this.#isMissing(value)) return;
    if ("target" in member) return this.checkStructure(targetOf(member), value, path, depth);
    switch (member.type) {
      case "document":
        return;
      case "list":
        return this.#checkList(member, value, path, depth);
      case "map":
        return this.#checkMap(member, value, path, depth);
      case "string":
        return this.#checkString(member, value, path);
      case "boolean":
        if (typeof value !== "boolean") this.#fail("InvalidParameterType", `Expected ${path} to be a boolean`);
        return;
      case "timestamp":
        if (isTimestamp(value)) return;
        return this.#fail(
          "InvalidParameterType",
          `Expected ${path} to be a Date object, ISO-8601 string, or a UNIX timestamp`,
        );
      case "blob":
        if (typeof value === "string" || isBytes(value) || hasBytes(value)) return;
        return this.#fail(
          "InvalidParameterType",
          `Expected ${path} to be a string, Buffer, Stream, Blob, or typed array object`,
        );
      default:
        return this.#checkNumber(member, value, path);
    }
  }

  #checkList(member: ListMember, value: unknown, path: string, depth: number): void {
    if (!Array.isArray(value)) return this.#fail("InvalidParameterType", `Expected ${path} to be an Array`);
    if (this.#isTooDeep(path, depth)) return;
    this.#checkRange(member.length, value.length, path, "list member count");
    for (const [index, item] of value.entries()) this.#check(member.member, item, `${path}[${index}]`, depth + 1);
  }

  #checkMap(member: MapMember, value: unknown, path: string, depth: number): void {
    if (typeof value !== "object" || value === null) {
      return this.#fail("InvalidParameterType", `Expected ${path} to be a map`);
    }
    if (this.#isTooDeep(path, depth)) return;
    const entries = Object.entries(value);
    for (const [key, item] of entries) {
      this.#check(member.key, key, `${path}[key='${key}']`, depth + 1);
      this.#check(member.value, item, `${path}['${key}']`, depth + 1);
    }
    this.#checkRange(member.length, entries.length, path, "map member count");
  }

  #checkString(member: StringMember, value: unknown, path: string): void {
    if (isJsonValue(member)) {
      if (["string", "number", "object", "boolean"].includes(typeof value)) return;
      return this.#fail("InvalidParameterType", `Expected ${path} to be a string, number, object, or boolean`);
    }
    if (typeof value !== "string") return this.#fail("InvalidParameterType", `Expected ${path} to be a string`);
    const shown = member.sensitive ? hidden : value;
    if (this.#rules.enum && member.enum) {
      const known = Object.values(member.enum);
      if (!known.includes(value)) {
        this.#fail("EnumError", `Found string value of ${shown}, but expected ${known.join("|")} for ${path}`);
      }
    }
    this.#checkRange(member.length, characters(value), path, "string length");
    const { pattern, patternFlags = "u" } = member;
    if (this.#rules.pattern && pattern !== undefined && !new RegExp(pattern, patternFlags).test(value)) {
      this.#fail(
        "PatternMatchError",
        `Provided value "${shown}" does not match regex pattern /${pattern}/ for ${path}`,
      );
    }
    if (member.httpLabel && value === "") {
      this.#fail("UriParameterError", `Expected uri parameter to have length >= 1, but found "" for ${path}`);
    }
  }

  #checkNumber(member: Extract<Member, { readonly range?: unknown }>, value: unknown, path: string): void {
    const number = typeof value === "string" && isNumeral(value) ? Number(value) : value;
    // Not to be told by their type, they would be sent as nothing.
    const isOfType = typeof number === "bigint" || (typeof number === "number" && !Number.isNaN(number));
    if (isOfType) this.#checkRange(member.range, number, path, "numeric value");
    else this.#fail("InvalidParameterType", `Expected ${path} to be a number`);
  }

  #checkRange(
    { min, max }: { readonly min?: number; readonly max?: number } = {},
    found: number | bigint,
    path: string,
    what: string,
  ): void {
    if (this.#rules.min && min !== undefined && found < min) {
      this.#fail("MinRangeError", `Expected ${what} >= ${min}, but found ${found} for ${path}`);
    }
    if (this.#rules.max && max !== undefined && found > max) {
      this.#fail("MaxRangeError", `Expected ${what} <= ${max}, but found ${found} for ${path}`);
    }
  }

  #isMissing(value: unknown): boolean {
    return value === undefined || value === null;
  }

  /** What is nested further than any real input refers to itself. */
  #isTooDeep(path: string, depth: number): boolean {
    if (depth < maximumDepth) return false;
    const start = path.length > 100 ? `${path.slice(0, 100)}…` : path;
    this.#fail("InvalidParameterType", `Expected ${start} to be nested less than ${maximumDepth} deep`);
    return true;
  }

  #fail(code: string, message: string): void {
    this.errors.push(awsError(new Error(message), { code }));
  }
}

/** True for text that comes back when the number that it reads as is written: `7`, not `7.0`. */
export function isNumeral(text: string): boolean {
  return String(Number.parseFloat(text)) === text;
}

function isTimestamp(value: unknown): boolean {
  if (isDate(value)) return !Number.isNaN(value.getTime());
  if (typeof value === "number") return Number.isFinite(value);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(String(value))) return false;
  return !Number.isNaN(Date.parse(String(value)));
}

/** Typed arrays, array buffers and views of them. */
function hasBytes(value: unknown): boolean {
  return typeof (value as { readonly byteLength?: unknown }).byteLength === "number";
}
