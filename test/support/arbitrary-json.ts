import { type Member, type StructureShape, targetOf, type UnionShape } from "#runtime/schema/shapes.js";
import * as fc from "./fast-check.js";

type Json = fc.Arbitrary<unknown>;

/**
 * JSON in the form of an input, made from its descriptor: most of it valid, with lengths and numbers at their limits and
 * beyond, members that are missing, unknown or null, and values of other types.
 */
export function arbitraryJson(shape: StructureShape): Json {
  return structure(shape, 0);
}

/** Levels of nested structures; members beyond are left out. */
const deepest = 3;

function structure({ members }: StructureShape, depth: number): Json {
  const entries = Object.entries(members).filter(([, member]) => depth < deepest || isFlat(member));
  const values = Object.fromEntries(entries.map(([name, member]) => [name, valueOf(member, depth + 1)]));
  const required = entries.filter(([, member]) => member.required).map(([name]) => name);
  const whole = fc.record(values, { requiredKeys: required, noNullPrototype: true });
  return fc.oneof(
    { weight: 12, arbitrary: whole },
    { weight: 1, arbitrary: fc.record(values, { requiredKeys: [], noNullPrototype: true }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(whole, fc.constantFrom("Extra", "toString"))
        .map(([value, name]) => ({ ...value, [name]: 1 })),
    },
  );
}

function union({ members }: UnionShape, depth: number): Json {
  const entries = Object.entries(members).filter(([, member]) => depth < deepest || isFlat(member));
  const one = entries.map(([name, member]) =>
    fc.record({ [name]: valueOf(member, depth + 1) }, { noNullPrototype: true }),
  );
  const two = Object.fromEntries(entries.slice(0, 2).map(([name, member]) => [name, valueOf(member, depth + 1)]));
  return fc.oneof(
    ...one.map((arbitrary) => ({ weight: 6, arbitrary })),
    { weight: 1, arbitrary: fc.record(two, { noNullPrototype: true }) },
    { weight: 1, arbitrary: fc.constantFrom({}, { $unknown: ["a", 1] }) },
  );
}

function isFlat(member: Member): boolean {
  if ("target" in member) return false;
  if (member.type === "list") return isFlat(member.member);
  return member.type === "map" ? isFlat(member.value) : true;
}

/** A value of a member, at times one of another type. */
function valueOf(member: Member, depth: number): Json {
  return fc.oneof({ weight: 25, arbitrary: typed(member, depth) }, { weight: 1, arbitrary: otherValues });
}

const otherValues = fc.constantFrom<unknown>(
  null,
  true,
  0,
  1.5,
  -1,
  2 ** 60,
  "",
  "text",
  "NaN",
  "12",
  [],
  [1],
  {},
  { a: 1 },
);

function typed(member: Member, depth: number): Json {
  if ("target" in member) {
    const target = targetOf(member);
    return target.type === "union" ? union(target, depth) : structure(target, depth);
  }
  switch (member.type) {
    case "list": {
      const item = member.sparse ? fc.option(valueOf(member.member, depth)) : valueOf(member.member, depth);
      return sized(member.length, (size) => fc.array(item, { minLength: size, maxLength: size }));
    }
    case "map": {
      const value = member.sparse ? fc.option(valueOf(member.value, depth)) : valueOf(member.value, depth);
      const key = typed(member.key, depth) as fc.Arbitrary<string>;
      return sized(member.length, (size) =>
        fc.dictionary(key, value, { minKeys: 0, maxKeys: size, noNullPrototype: true }),
      );
    }
    case "string":
      return text(member);
    case "boolean":
      return fc.boolean();
    case "blob":
      return fc.oneof(
        { weight: 6, arbitrary: sized(member.length, bytes).map((each) => Buffer.from(each).toString("base64")) },
        { weight: 1, arbitrary: fc.constantFrom("AA=", "A", "not base64!", "AAAA\n", "-_-_") },
      );
    case "timestamp":
      return fc.oneof(
        { weight: 6, arbitrary: instants.map((date) => date.toISOString()) },
        { weight: 1, arbitrary: fc.constantFrom("2026-01-01T00:00:00Z", "2026-01-01T01:00:00.5+01:00") },
        { weight: 1, arbitrary: fc.constantFrom("2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T25:00:00Z", "now") },
      );
    case "eventStream":
      return otherValues;
    case "document":
      return fc.jsonValue({ maxDepth: 2 });
    default:
      return number(member);
  }
}

const instants = fc.date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") });

const bytes = (size: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: size, maxLength: size });

/** Values of a size that is at a limit, just beyond it, or small. */
function sized<T>(
  { min, max }: { readonly min?: number; readonly max?: number } = {},
  make: (size: number) => fc.Arbitrary<T>,
): fc.Arbitrary<T> {
  const limits = [min, max].filter((limit) => limit !== undefined && limit < 200) as number[];
  const sizes = [
    ...limits,
    ...limits,
    ...limits,
    ...limits,
    ...limits.flatMap((limit) => [limit - 1, limit + 1]),
    ...(limits.length > 0 ? [] : [0, 1, 2, 3]),
  ];
  return fc.constantFrom(...sizes.filter((size) => size >= 0)).chain(make);
}

function text({
  length,
  pattern,
  patternFlags = "u",
  enum: values,
}: Extract<Member, { readonly type: "string" }>): Json {
  const any = sized(length, (size) => fc.string({ minLength: size, maxLength: size, unit: fc.codePoint }));
  if (values)
    return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...Object.values(values)) }, { weight: 1, arbitrary: any });
  if (pattern === undefined) return any;
  const fitting = matching(pattern, patternFlags);
  return fitting ? fc.oneof({ weight: 8, arbitrary: fitting }, { weight: 1, arbitrary: any }) : any;
}

/** Patterns recur, and parsing one takes longer than making values of it. */
const matchers = new Map<string, fc.Arbitrary<string> | undefined>();

/** fast-check makes no text for some patterns: with look-arounds, for example. */
function matching(pattern: string, flags: string): fc.Arbitrary<string> | undefined {
  const key = `${flags} ${pattern}`;
  if (matchers.has(key)) return matchers.get(key);
  const made = tryMatching(pattern, flags);
  matchers.set(key, made);
  return made;
}

function tryMatching(pattern: string, flags: string): fc.Arbitrary<string> | undefined {
  try {
    const made = fc.stringMatching(new RegExp(pattern, flags));
    fc.sample(made, 1);
    return made;
  } catch {
    return undefined;
  }
}

const integerLimits: Readonly<Record<string, number>> = { byte: 2 ** 7, short: 2 ** 15, integer: 2 ** 31 };

function number(member: Exclude<Member, { readonly target: unknown }>): Json {
  const { type } = member;
  const { min, max } = ("range" in member && member.range) || {};
  const known = "enum" in member && member.enum ? Object.values<unknown>(member.enum) : undefined;
  if (known) return fc.constantFrom(...known, ...known, 99);
  const limits = [min, max].filter((limit) => limit !== undefined) as number[];
  const at = limits.flatMap((limit) => [limit, limit, limit - 1, limit + 1]);
  switch (type) {
    case "float":
    case "double":
      return fc.oneof(
        fc.constantFrom(...at, 0, 0.5, "NaN", "Infinity", "-Infinity", "nan"),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      );
    case "bigDecimal":
      return fc.constantFrom("1", "-0.5", "1e400", "123456789012345678901234567890.5", "1.", "", "NaN", 1);
    case "long":
    case "bigInteger":
      return fc.oneof(
        fc.constantFrom(...at, ...at.map(String), 0, 1, "9007199254740993", "-9223372036854775808", "1.5", "", "0x1"),
        fc.maxSafeInteger(),
        fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
      );
    default: {
      const limit = integerLimits[type] ?? 1;
      return fc.oneof(fc.constantFrom(...at, 0, limit, limit - 1, -limit, -limit - 1), fc.integer({ min: -3, max: 3 }));
    }
  }
}
