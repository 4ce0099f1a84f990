import type { ParamRules } from "#runtime/classic/params/index.js";
import type { StructureShape, UnionShape } from "#runtime/schema/shapes.js";
import * as fc from "../../../support/fast-check.js";

const Inner$: StructureShape = {
  type: "structure",
  name: "Inner",
  members: {
    Key: { type: "string", required: true, length: { min: 1, max: 4 } },
    Values: {
      type: "list",
      required: true,
      length: { min: 1, max: 2 },
      member: { type: "string", length: { min: 2 } },
    },
    Note: { type: "string" },
  },
};
const Choice$: UnionShape = {
  type: "union",
  name: "Choice",
  members: { Text: { type: "string" }, Number: { type: "double" } },
};
/** One member for each thing that shapes can have. */
export const Everything$: StructureShape = {
  type: "structure",
  name: "Everything",
  members: {
    Count: { type: "integer", range: { min: 1, max: 10 } },
    Name: { type: "string", required: true, length: { min: 2, max: 5 }, pattern: "^[a-c]*$" },
    Emoji: { type: "string", pattern: "^.$" },
    Kind: { type: "string", enum: { ONE: "one", TWO: "two" } },
    Big: { type: "long", range: { min: 0 } },
    Small: { type: "short" },
    Ratio: { type: "double", required: true, range: { min: 0.5, max: 2 } },
    Share: { type: "float" },
    On: { type: "boolean" },
    When: { type: "timestamp" },
    Data: { type: "blob", length: { min: 2, max: 3 } },
    Json: { type: "string", mediaType: "application/json" },
    JsonText: { type: "string", mediaType: "application/json", length: { min: 2 } },
    Doc: { type: "document" },
    Names: { type: "list", length: { min: 1, max: 2 }, member: { type: "string", length: { min: 1 }, pattern: "a" } },
    Times: { type: "list", member: { type: "timestamp" } },
    Inners: { type: "list", length: { min: 1, max: 2 }, member: { target: Inner$ } },
    Counts: {
      type: "map",
      length: { min: 1, max: 2 },
      key: { type: "string", length: { min: 2 }, enum: { AA: "aa", BB: "bb" } },
      value: { type: "integer", range: { min: 1 } },
    },
    Lists: { type: "map", key: { type: "string" }, value: { type: "list", member: { type: "blob" } } },
    Choice: { target: Choice$ },
    Next: { target: () => Everything$ },
  },
};
/** Of what is sent elsewhere than in the body, only the errors are compared. */
export const Labels$: StructureShape = {
  type: "structure",
  name: "Labels",
  members: {
    Id: { type: "string", required: true, httpLabel: true, length: { min: 1 } },
    Number: { type: "integer", httpLabel: true },
    Other: { type: "string", httpLabel: true },
  },
};

export const all: ParamRules = { min: true, max: true, pattern: true, enum: true };
export const rules = fc.oneof(
  fc.constant<boolean | ParamRules>(true),
  fc.constant<boolean | ParamRules>(all),
  fc.record(
    { min: fc.boolean(), max: fc.boolean(), pattern: fc.boolean(), enum: fc.boolean() },
    { requiredKeys: [], noNullPrototype: true },
  ),
);

/** Least parameters that are accepted, and more. */
export const accepted = (more: object): object => ({ Name: "ab", Ratio: 1, ...more });

const date = fc.date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31T23:59:59.999Z") });
/** As the deviations below begin at. */
const decimal = fc
  .double({ noNaN: true, min: -1000, max: 1000 })
  .filter((number) => number === 0 || Math.abs(number) > 1e-6);
const iso = date.map((value) => value.toISOString());
/** Values that may replace any value. */
const odd = fc.constantFrom<unknown>(
  null,
  undefined,
  "",
  "7",
  "7.0",
  " 7",
  "-1",
  "1e3",
  "0.75",
  "aa",
  "one",
  0,
  1,
  -1,
  7.5,
  true,
  false,
  "2020-01-01",
  "2020-01-01T00:00:00Z",
  "2020-01-01T00:00:00.5Z",
  "2020-01-01T00:00:00+01:00",
  [],
  [""],
  ["aa"],
  [null],
  [undefined, 1],
  ["2020-01-01T00:00:00Z"],
  {},
  { a: 1 },
  { Key: "k" },
  { aa: "2" },
  new Date(1e12),
  Buffer.from("ab"),
  new Uint8Array([1, 2]),
  new ArrayBuffer(2),
  () => 1,
  Symbol.iterator,
);
const text = fc.oneof(fc.string({ maxLength: 6 }), fc.stringMatching(/^[a-d]{0,6}$/));
const bytes = fc.uint8Array({ maxLength: 4 });
const blob = fc.oneof(
  bytes,
  bytes.map((value) => Buffer.from(value)),
  text,
);
const time = fc.oneof(date, iso, fc.integer({ min: -1e9, max: 1e10 }), decimal);
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null);

/** Mostly what is accepted, so that most parameters are that have no more than a few members. */
function mostly(fit: fc.Arbitrary<unknown>, loose: fc.Arbitrary<unknown> = fit): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 30, arbitrary: fit }, { weight: 1, arbitrary: loose }, { weight: 1, arbitrary: odd });
}

function list(item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return mostly(fc.array(item, { minLength: 1, maxLength: 2 }), fc.array(item, { maxLength: 3 }));
}

function map(key: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.dictionary(key, value, { minKeys: 1, maxKeys: 2, noNullPrototype: true });
}

const inner = fc.record(
  {
    Key: mostly(fc.constantFrom("k", "abcd"), text),
    Values: list(mostly(fc.constantFrom("ab", "abc"), text)),
    Note: mostly(text),
  },
  { requiredKeys: ["Key", "Values"], noNullPrototype: true },
);

export const { params } = fc.letrec<{ params: unknown }>((tie) => ({
  params: fc.record(
    {
      Count: mostly(fc.integer({ min: 1, max: 10 }), fc.oneof(decimal, decimal.map(String), fc.integer().map(String))),
      Name: mostly(fc.stringMatching(/^[abc]{2,5}$/), text),
      Kind: mostly(fc.constantFrom("one", "two"), text),
      Big: mostly(fc.oneof(fc.nat(), fc.nat().map(String)), fc.oneof(fc.maxSafeInteger(), decimal)),
      Small: mostly(fc.oneof(decimal, fc.integer().map(String))),
      Ratio: mostly(fc.double({ min: 0.5, max: 2, noNaN: true }), decimal.map(String)),
      Share: mostly(fc.oneof(decimal, fc.constantFrom("0.5", "-7"))),
      On: mostly(fc.boolean()),
      When: mostly(time),
      Data: mostly(blob),
      Json: mostly(json),
      Doc: mostly(json),
      Names: list(mostly(fc.constantFrom("a", "ba"), text)),
      Times: list(mostly(time)),
      Inners: list(mostly(inner)),
      Counts: mostly(
        map(fc.constantFrom("aa", "bb"), mostly(fc.integer({ min: 1 }), decimal)),
        map(fc.constantFrom("aa", "c", "dd"), fc.integer()),
      ),
      Lists: mostly(map(text.filter(isOrdinary), list(mostly(blob)))),
      Choice: mostly(fc.oneof(fc.record({ Text: text }), fc.record({ Number: decimal }))),
      Next: fc.option(tie("params"), { depthSize: "small", nil: accepted({}) }),
      Other: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(undefined, null) }, fc.constant(1)),
    },
    { requiredKeys: ["Name", "Ratio"], noNullPrototype: true },
  ),
}));

/** What v2 finds in every object is in the way of a key. */
function isOrdinary(key: string): boolean {
  return !(key in Object.prototype);
}
