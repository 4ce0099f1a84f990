import { oncePer, getOwn } from "../../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type StringMember,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../../schema/shapes.js";
import { maximumDepth, characters } from "../../validate/types.js";
import { awsError } from "../aws-error.js";
import type { AWSError, ServiceDefinition } from "../types.js";
import { isBlob, isNumeric, isTimestamp, isUnread, type NumericMember, isJsonValue } from "./forms.js";
import type { ParamRules } from "./index.js";

const mask = "***SensitiveInformation***";

/** Location of a value. */
interface ParamLocation {
  /** `params.Filters[0].Name` */
  readonly path: string;
  readonly depth: number;
  /** True in a sensitive member: the value must not be shown. */
  readonly hidden: boolean;
}

/** All errors of parameters: in each structure first the missing required keys, then the given keys in their order. */
export function findErrors(
  shape: StructureShape,
  params: unknown,
  rules: ParamRules,
  memberTypes: ServiceDefinition["memberTypes"] = {},
): readonly AWSError[] {
  const checker = new Checker(rules, memberTypes);
  checker.checkStructure(shape, params, { path: "params", depth: 0, hidden: false });
  return checker.errors;
}

class Checker {
  readonly errors: AWSError[] = [];
  readonly #rules: ParamRules;
  readonly #memberTypes: NonNullable<ServiceDefinition["memberTypes"]>;
  /** A value that refers to itself has endless paths: the first that is too deep ends the check. */
  #isOver = false;

  constructor(rules: ParamRules, memberTypes: NonNullable<ServiceDefinition["memberTypes"]>) {
    this.#rules = rules;
    this.#memberTypes = memberTypes;
  }

  checkStructure({ members }: StructureShape | UnionShape, value: unknown, location: ParamLocation): void {
    if (this.#isTooDeep(location)) return;
    const { path } = location;
    if (typeof value !== "object") this.#wrongType(location, "a structure");
    // Also for other values than objects: the keys of a text are its characters.
    const given = Object(value) as Record<string, unknown>;
    for (const [name, { required }] of Object.entries(members)) {
      if (required && isMissing(getOwn(given, name))) {
        this.#fail("MissingRequiredParameter", `Missing required key '${name}' in ${path}`);
      }
    }
    for (const [name, item] of Object.entries(given)) {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      // The protocol writes it as text.
      if (member && typeof item === "number" && this.#memberTypes[name] === "number") continue;
      if (member) this.#check(member, item, within(location, `${path}.${name}`, member));
      else if (!isMissing(item)) this.#fail("UnexpectedParameter", `Unexpected key '${name}' found in ${path}`);
    }
  }

  #check(member: Member, value: unknown, location: ParamLocation): void {
    if (isMissing(value) || this.#isOver) return;
    if ("target" in member) return this.checkStructure(targetOf(member), value, location);
    switch (member.type) {
      case "document":
        return this.#checkLevels(value, location);
      case "list":
        return this.#checkList(member, value, location);
      case "map":
        return this.#checkMap(member, value, location);
      case "string":
        return this.#checkString(member, value, location);
      case "boolean":
        if (typeof value !== "boolean") this.#wrongType(location, "a boolean");
        return;
      case "timestamp":
        if (!isTimestamp(value)) this.#wrongType(location, "a Date object, ISO-8601 string, or a UNIX timestamp");
        return;
      case "eventStream":
        return;
      case "blob":
        return this.#checkBlob(value, location);
      default:
        return this.#checkNumber(member, value, location);
    }
  }

  #checkList({ member, length }: ListMember, value: unknown, location: ParamLocation): void {
    if (!Array.isArray(value)) return this.#wrongType(location, "an Array");
    if (this.#isTooDeep(location)) return;
    this.#checkRange(length, value.length, location, "list member count");
    for (const [index, item] of value.entries()) {
      this.#check(member, item, within(location, `${location.path}[${index}]`, member));
    }
  }

  #checkMap({ key, value: member, length }: MapMember, value: unknown, location: ParamLocation): void {
    if (typeof value !== "object" || value === null) return this.#wrongType(location, "a map");
    if (this.#isTooDeep(location)) return;
    const entries = Object.entries(value);
    for (const [name, item] of entries) {
      const shown = location.hidden || key.sensitive ? mask : name;
      this.#check(key, name, within(location, `${location.path}[key='${shown}']`, key));
      this.#check(member, item, within(location, `${location.path}['${shown}']`, member));
    }
    this.#checkRange(length, entries.length, location, "map member count");
  }

  #checkString(member: StringMember, value: unknown, location: ParamLocation): void {
    if (typeof value !== "string") {
      if (!isJsonValue(member)) return this.#wrongType(location, "a string");
      if (["number", "object", "boolean"].includes(typeof value)) return this.#checkLevels(value, location);
      return this.#wrongType(location, "a string, number, object, or boolean");
    }
    const { path, hidden } = location;
    const shown = hidden ? mask : value;
    if (this.#rules.enum && member.enum) {
      const known = Object.values(member.enum);
      if (!known.includes(value)) {
        this.#fail("EnumError", `Found string value of ${shown}, but expected ${known.join("|")} for ${path}`);
      }
    }
    this.#checkRange(member.length, characters(value), location, "string length");
    if (this.#rules.pattern && member.pattern !== undefined && !patternOf(member).test(value)) {
      const message = `Provided value "${shown}" does not match regex pattern /${member.pattern}/ for ${path}`;
      this.#fail("PatternMatchError", message);
    }
    if (member.httpLabel && value === "") {
      this.#fail("UriParameterError", `Expected uri parameter to have length >= 1, but found "" for ${path}`);
    }
  }

  #checkNumber(member: NumericMember, value: unknown, location: ParamLocation): void {
    if (!isNumeric(member, value)) return this.#wrongType(location, "a number");
    const number = typeof value === "bigint" ? value : Number(value);
    this.#checkRange(member.range, number, location, "numeric value", location.hidden ? mask : number);
  }

  #checkBlob(value: unknown, location: ParamLocation): void {
    if (isBlob(value)) return;
    if (!isUnread(value)) return this.#wrongType(location, "a string, Buffer, Stream, Blob, or typed array object");
    this.#wrongType(location, "a string, Buffer, or typed array object; a stream or Blob has to be read first");
  }

  #checkRange(
    { min, max }: { readonly min?: number; readonly max?: number } = {},
    found: number | bigint,
    { path }: ParamLocation,
    what: string,
    shown: number | bigint | string = found,
  ): void {
    if (this.#rules.min && min !== undefined && found < min) {
      this.#fail("MinRangeError", `Expected ${what} >= ${min}, but found ${shown} for ${path}`);
    }
    if (this.#rules.max && max !== undefined && found > max) {
      this.#fail("MaxRangeError", `Expected ${what} <= ${max}, but found ${shown} for ${path}`);
    }
  }

  /** A JSON value has no model, but a maximum depth. */
  #checkLevels(value: unknown, location: ParamLocation): void {
    const depth = location.depth + levelsOf(value, maximumDepth - location.depth);
    this.#isTooDeep({ ...location, depth });
  }

  #isTooDeep({ path, depth }: ParamLocation): boolean {
    if (depth < maximumDepth) return false;
    this.#isOver = true;
    this.errors.push(nestedTooDeep(path));
    return true;
  }

  #wrongType({ path }: ParamLocation, wanted: string): void {
    this.#fail("InvalidParameterType", `Expected ${path} to be ${wanted}`);
  }

  #fail(code: string, message: string): void {
    this.errors.push(awsError(new Error(message), { code }));
  }
}

const patternOf = oncePer(({ pattern = "", patternFlags = "u" }: StringMember) => new RegExp(pattern, patternFlags));

function within({ depth, hidden }: ParamLocation, path: string, { sensitive }: Member): ParamLocation {
  return { path, depth: depth + 1, hidden: hidden || sensitive === true };
}

function isMissing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** The error of a value that is nested deeper than any real one, since it refers to itself. */
export function nestedTooDeep(path: string): AWSError {
  const start = path.length > 100 ? `${path.slice(0, 100)}…` : path;
  const message = `Expected ${start} to be nested less than ${maximumDepth} deep; it may refer to itself`;
  return awsError(new Error(message), { code: "InvalidParameterType" });
}

/** The depth of a JSON value, counted up to `limit`. */
export function levelsOf(value: unknown, limit: number): number {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || limit === 0) return 0;
  let levels = 0;
  for (const item of Object.values(value)) {
    levels = Math.max(levels, levelsOf(item, limit - 1));
    // One path of that depth is enough.
    if (levels === limit - 1) break;
  }
  return levels + 1;
}
