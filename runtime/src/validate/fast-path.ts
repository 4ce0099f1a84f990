import { isPlain, oncePer } from "../schema/values.js";
import {
  type ListMember,
  type MapMember,
  type Member,
  type StringMember,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../schema/shapes.js";
import {
  maximumDepth,
  type ValidationRules,
  characters,
  hasTwice,
  isStreamed,
  type CheckedMember,
  typeTest,
} from "./types.js";

/** Whether a value, neither undefined nor null, is certain to be valid. */
type Test = (value: unknown, depth: number) => boolean;

/** A member of a structure or union. The simplest types are tested inline, because a function call would cost more. */
interface MemberTest {
  readonly name: string;
  readonly required: boolean;
  readonly type: "string" | "boolean" | undefined;
  readonly test: Test;
  /** The members that followed this one last time: most callers pass the same members in the same order. */
  next: MemberTest | undefined;
  other: MemberTest | undefined;
}

/**
 * Whether a value is certain to be valid. A value that is not accepted may still be valid, if its representation is
 * unusual: `findIssues` decides. Nearly every input is accepted, and nothing more is done.
 */
export function accepts(shape: StructureShape, value: unknown, rules: ValidationRules): boolean {
  const { min, max, pattern, enum: enums, uniqueItems } = rules;
  const key = (min ? 1 : 0) + (max ? 2 : 0) + (pattern ? 4 : 0) + (enums ? 8 : 0) + (uniqueItems ? 16 : 0);
  testers[key] ??= new Tester({ ...rules });
  return testers[key].testOf(shape)(value, 0);
}

/** By the rules that they enforce. */
const testers: Tester[] = [];

/** Creates the tests of shapes for one set of rules, each on first use. */
class Tester {
  readonly testOf = oncePer((shape: StructureShape | UnionShape) => this.#shapeTest(shape));
  readonly #rules: ValidationRules;

  constructor(rules: ValidationRules) {
    this.#rules = rules;
  }

  #shapeTest({ type, members }: StructureShape | UnionShape): Test {
    const tests = new Map(
      Object.entries(members).map(([name, member]) => [name, this.#memberTest(name, member, type === "union")]),
    );
    const needed = type === "union" ? 1 : [...tests.values()].filter(({ required }) => required).length;
    const start = this.#memberTest("", { type: "boolean" });
    return (value, depth) => {
      if (!isRecord(value) || depth > maximumDepth) return false;
      let before = start;
      let found = 0;
      // Engines read an object's members fastest in this loop, by slot instead of by name. In exactly this form they
      // also know that each is an own property, without fetching the object's prototype.
      for (const name in value) {
        if (!Object.prototype.hasOwnProperty.call(value, name)) return false;
        const item = value[name];
        let member = before.next;
        if (member?.name !== name) {
          member = before.other?.name === name ? before.other : tests.get(name);
          if (!member) {
            if (item === undefined) continue;
            return false;
          }
          before.other = before.next;
          before.next = member;
        }
        before = member;
        if (item === undefined || item === null) continue;
        if (member.required) found++;
        if (member.type === undefined ? !member.test(item, depth + 1) : typeof item !== member.type) return false;
      }
      // Dates and bytes are objects without enumerable members, too.
      return found === needed && (before !== start || isPlain(value));
    };
  }

  #memberTest(name: string, member: Member, inUnion = false): MemberTest {
    const isBare =
      "type" in member && (member.type === "boolean" || (member.type === "string" && this.#isBare(member)));
    return {
      name,
      required: inUnion || member.required === true,
      type: isBare ? (member.type as "string" | "boolean") : undefined,
      test: this.#test(member),
      next: undefined,
      other: undefined,
    };
  }

  #test(member: Member): Test {
    if ("target" in member) {
      // Looked up at the first value, because compiling a recursive shape would not end.
      let test: Test | undefined;
      return (value, depth) => (test ??= this.testOf(targetOf(member)))(value, depth);
    }
    switch (member.type) {
      case "document":
        return isDocument;
      case "list":
        return this.#listTest(member);
      case "map":
        return this.#mapTest(member);
      case "string":
        return this.#stringTest(member);
      default:
        return this.#simpleTest(member);
    }
  }

  /** The enforced limits of `smithy.api#length` or `smithy.api#range`. */
  #limits({ min = -Infinity, max = Infinity }: { readonly min?: number; readonly max?: number } = {}) {
    return { min: this.#rules.min ? min : -Infinity, max: this.#rules.max ? max : Infinity };
  }

  #isBare({ length, pattern, enum: values, httpLabel }: StringMember): boolean {
    const { min, max } = this.#limits(length);
    return (
      !httpLabel && min <= 0 && max === Infinity && !(pattern && this.#rules.pattern) && !(values && this.#rules.enum)
    );
  }

  #stringTest(member: StringMember): Test {
    if (this.#isBare(member)) return (value) => typeof value === "string";
    const { min, max } = this.#limits(member.length);
    const { pattern: source, patternFlags = "u" } = member;
    const pattern = source !== undefined && this.#rules.pattern ? new RegExp(source, patternFlags) : undefined;
    const known = member.enum && this.#rules.enum ? new Set<unknown>(Object.values(member.enum)) : undefined;
    return (value) => {
      if (typeof value !== "string" || (value === "" && member.httpLabel)) return false;
      // Counting is slow. A character has one or two code units, so their number is mostly enough.
      if (value.length < 2 * min || value.length > max) {
        const size = characters(value);
        if (size < min || size > max) return false;
      }
      return (!pattern || pattern.test(value)) && (!known || known.has(value));
    };
  }

  #simpleTest(member: Exclude<CheckedMember, StringMember>): Test {
    const isRight = typeTest(member);
    const length = "length" in member && !isStreamed(member) ? this.#limits(member.length) : undefined;
    const range = "range" in member ? this.#limits(member.range) : undefined;
    const known = "enum" in member && member.enum && this.#rules.enum ? new Set(Object.values(member.enum)) : undefined;
    if (!length && !range && !known) return isRight;
    return (value) => {
      if (!isRight(value)) return false;
      if (length) {
        const { length: size } = value as Uint8Array;
        // `findIssues` counts the bytes of text.
        if (typeof value === "string" || size < length.min || size > length.max) return false;
      }
      if (range) {
        const number = typeof value === "bigint" ? value : Number(value);
        if (number < range.min || number > range.max) return false;
      }
      return !known || known.has(Number(value));
    };
  }

  #listTest({ member, length, sparse, uniqueItems }: ListMember): Test {
    const { type, test } = this.#memberTest("", member);
    const { min, max } = this.#limits(length);
    const isSet = uniqueItems && this.#rules.uniqueItems;
    if (type !== undefined && !sparse) {
      return (value, depth) => {
        if (!Array.isArray(value) || value.length < min || value.length > max || depth > maximumDepth) return false;
        for (let index = 0; index < value.length; index++) if (typeof value[index] !== type) return false;
        return !isSet || !hasTwice(value);
      };
    }
    return (value, depth) => {
      if (!Array.isArray(value) || value.length < min || value.length > max || depth > maximumDepth) return false;
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index];
        if (item === undefined || item === null) {
          if (!sparse || item === undefined) return false;
        } else if (!test(item, depth + 1)) return false;
      }
      return !isSet || !hasTwice(value);
    };
  }

  #mapTest({ key, value: member, length, sparse }: MapMember): Test {
    const testKey = this.#stringTest(key);
    const test = this.#test(member);
    const { min, max } = this.#limits(length);
    return (value, depth) => {
      // `findIssues` checks inherited names.
      if (!isPlain(value) || depth > maximumDepth) return false;
      let size = 0;
      for (const name in value) {
        const item = value[name];
        if (item === undefined) continue;
        size++;
        if (!testKey(name, depth) || (item === null ? !sparse : !test(item, depth + 1))) return false;
      }
      return size >= min && size <= max;
    };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDocument(value: unknown, depth: number): boolean {
  if (typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return true;
  if (depth > maximumDepth) return false;
  const isFine = (item: unknown): boolean => item === null || isDocument(item, depth + 1);
  if (Array.isArray(value)) return value.every(isFine);
  return isPlain(value) && Object.values(value).every((item) => item === undefined || isFine(item));
}
