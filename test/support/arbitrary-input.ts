import * as fc from "./fast-check.js";
import { type Ast, type AstMember, shapeOf } from "../conformance/support/model-values.js";

/** Which optional members a generated structure has. */
export type Presence = "none" | "all" | "some";

/**
 * Values of a shape of a Smithy model, as a caller of the generated client passes them, within all constraints of the
 * model: lengths, ranges, patterns, enum values, required members. Made from the model itself, so that a mistake in
 * the generated descriptors shows.
 */
export function arbitraryValue(ast: Ast, target: string, presence: Presence = "some"): fc.Arbitrary<unknown> {
  return arbitraryMember(ast, { target }, presence, []);
}

/** `path` are the shapes that contain the value, so that recursive shapes end. */
function arbitraryMember(
  ast: Ast,
  member: AstMember,
  presence: Presence,
  path: readonly string[],
): fc.Arbitrary<unknown> {
  const shape = shapeOf(ast, member.target);
  const traits = { ...shape.traits, ...member.traits };
  const within = (name: string): Bounds => (traits[`smithy.api#${name}`] ?? {}) as Bounds;
  const inside = [...path, member.target];
  const isOpen = ({ target }: AstMember): boolean => inside.filter((each) => each === target).length < maxDepth;
  switch (shape.type) {
    case "structure": {
      const isRequired = (item: AstMember): boolean => "smithy.api#required" in (item.traits ?? {});
      const members = Object.entries(shape.members ?? {}).filter(([, item]) => isRequired(item) || isOpen(item));
      const required = members.filter(([, item]) => isRequired(item));
      const values: Record<string, fc.Arbitrary<unknown>> = {};
      for (const [name, item] of presence === "none" ? required : members) {
        values[name] = arbitraryMember(ast, item, presence, inside);
      }
      const requiredKeys = (presence === "all" ? members : required).map(([name]) => name);
      return fc.record(values, { requiredKeys, noNullPrototype: true });
    }
    case "union":
      return fc.oneof(
        ...Object.entries(shape.members ?? {})
          .filter(([, item]) => isOpen(item))
          .map(([name, item]) =>
            fc.record({ [name]: arbitraryMember(ast, item, presence, inside) }, { noNullPrototype: true }),
          ),
      );
    case "list":
    case "set": {
      const entry = entryOf(shape.member, member.target);
      if (!isOpen(entry)) return fc.constant([]);
      const { min = 0, max = maxEntries } = within("length");
      const item = orNull(arbitraryMember(ast, entry, presence, inside), traits);
      const minLength = Math.max(min, presence === "all" ? 1 : 0);
      return fc.array(item, { minLength, maxLength: Math.min(max, Math.max(minLength, maxEntries)) });
    }
    case "map": {
      const entry = entryOf(shape.value, member.target);
      if (!isOpen(entry)) return fc.constant({});
      const { min = 0, max = maxEntries } = within("length");
      const key = arbitraryMember(ast, entryOf(shape.key, member.target), presence, inside) as fc.Arbitrary<string>;
      const value = orNull(arbitraryMember(ast, entry, presence, inside), traits);
      const minKeys = Math.max(min, presence === "all" ? 1 : 0);
      return fc.dictionary(key, value, {
        minKeys,
        maxKeys: Math.min(max, Math.max(minKeys, maxEntries)),
        noNullPrototype: true,
      });
    }
    case "string":
      if (traits["smithy.api#enum"]) {
        return fc.constantFrom(...(traits["smithy.api#enum"] as { value: string }[]).map(({ value }) => value));
      }
      return arbitraryString(within("length"), traits["smithy.api#pattern"]);
    case "enum":
    case "intEnum":
      return fc.constantFrom(
        ...Object.values(shape.members ?? {}).map((item) => item.traits?.["smithy.api#enumValue"]),
      );
    case "byte":
      return fc.integer({ min: -128, max: 127, ...within("range") });
    case "short":
      return fc.integer({ min: -32_768, max: 32_767, ...within("range") });
    case "integer":
      return fc.integer(within("range"));
    case "long":
      return fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, ...within("range") });
    case "float":
      return traits["smithy.api#range"] ? fc.float({ noNaN: true, ...within("range") }) : fc.float();
    case "double":
      return traits["smithy.api#range"] ? fc.double({ noNaN: true, ...within("range") }) : fc.double();
    case "boolean":
      return fc.boolean();
    case "timestamp":
      return fc.date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31T23:59:59.999Z") });
    case "document":
      return fc.jsonValue({ maxDepth: 2, noUnicodeString: false });
    case "blob":
      return fc.uint8Array({ minLength: within("length").min ?? 0, maxLength: 40 });
    default:
      throw new Error(`no values are made for a ${shape.type} (${member.target})`);
  }
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** Entries of a list whose model allows more, so that lists in lists stay small. */
const maxEntries = 3;

/** How often a shape contains itself. */
const maxDepth = 2;

/** In a sparse list or map, null is a value. */
function orNull(value: fc.Arbitrary<unknown>, traits: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  return "smithy.api#sparse" in traits ? fc.option(value, { nil: null }) : value;
}

function entryOf(entry: AstMember | undefined, target: string): AstMember {
  if (!entry) throw new Error(`${target} names no member`);
  return entry;
}

function arbitraryString({ min = 0, max }: Bounds, pattern: unknown): fc.Arbitrary<string> {
  if (typeof pattern !== "string") {
    const bounds = { minLength: min, maxLength: max ?? min + 40 };
    const any = [fc.string(bounds), fc.string({ ...bounds, unit: fc.codePoint })];
    const awkward = ['"', "\\", "\u2028", "é ü 𝒳", "__proto__", "</script>", "\u0000\u001f", "null"];
    const fitting = awkward.filter((text) => isWithin(text, min, max));
    return fitting.length === 0 ? fc.oneof(...any) : fc.oneof(...any, fc.constantFrom(...fitting));
  }
  const key = JSON.stringify([pattern, min, max]);
  const made = matching.get(key) ?? arbitraryMatch(pattern, min, max);
  matching.set(key, made);
  return made;
}

/** Patterns recur, and parsing one takes longer than making values of it. */
const matching = new Map<string, fc.Arbitrary<string>>();

function arbitraryMatch(pattern: string, min: number, max: number | undefined): fc.Arbitrary<string> {
  const exact = asRegExp(pattern);
  // A repeated set of characters: strings of the right length are made directly, because few random lengths would fit.
  const bounded = pattern.replace(
    /^(\^(?:\.|\[(?:[^\]\\]|\\.)*\]))[*+]\$$/,
    (_, set: string) => `${set}{${min},${Math.min(max ?? Number.POSITIVE_INFINITY, min + 40)}}$`,
  );
  return fc.stringMatching(asRegExp(generable(bounded))).filter((text) => exact.test(text) && isWithin(text, min, max));
}

/** Patterns have the flag `u` if they allow it, as in the generator. */
function asRegExp(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return new RegExp(pattern);
  }
}

/** Smithy counts the characters of a string in Unicode scalar values. */
function isWithin(text: string, min: number, max = Number.POSITIVE_INFINITY): boolean {
  const length = Array.from(text).length;
  return length >= min && length <= max;
}

/** The pattern as far as fast-check supports it: without surrogates in sets, look-arounds and empty groups. */
function generable(pattern: string): string {
  const inOnePlane = pattern.replaceAll(String.raw`\uD800\uDC00-\uDBFF\uDFFF`, "");
  return withoutLookarounds(inOnePlane).replaceAll("()", "(|)");
}

/** fast-check does not support look-arounds: they are removed from the pattern, and its values are filtered. */
function withoutLookarounds(pattern: string): string {
  const start = pattern.search(/\(\?<?[=!]/);
  if (start < 0) return pattern;
  let depth = 0;
  let end = start;
  do {
    if (pattern[end] === "\\") end++;
    else if (pattern[end] === "(") depth++;
    else if (pattern[end] === ")") depth--;
    end++;
  } while (depth > 0 && end < pattern.length);
  return withoutLookarounds(pattern.slice(0, start) + pattern.slice(end));
}
