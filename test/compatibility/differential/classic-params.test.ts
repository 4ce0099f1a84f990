import { Readable } from "node:stream";
import { beforeAll, describe, expect, it } from "vitest";
import type { ParamRules } from "#runtime/classic/params/index.js";
import type { StructureShape } from "#runtime/schema/shapes.js";
import * as fc from "../../support/fast-check.js";
import { peersInstalled } from "../../support/peers.js";
import { type Judge, judgeOfOurs, judgeOfV2 } from "./support/classic-params.js";
import { all, Everything$, Labels$, params, rules, accepted } from "./support/classic-params-values.js";

const isInstalled = await peersInstalled();

const holed: unknown[] = ["a", null];
holed[3] = "b";

describe.skipIf(!isInstalled)("parameters, judged beside the official v2 client", () => {
  let v2: Judge;
  const ours = judgeOfOurs(Everything$);
  beforeAll(async () => {
    v2 = await judgeOfV2(Everything$);
  });

  it("have the same errors, or are sent the same", () => {
    let sent = 0;
    const property = fc.property(params, rules, (given, chosen) => {
      const [outcome, theirs] = [ours(given, chosen), v2(given, chosen)];
      // A structure that is not set lets v2 fail, which is a difference named below.
      fc.pre(!(theirs.error && /Cannot read properties of (null|undefined)/.test(String(theirs.error.message))));
      if (outcome.body) sent++;
      expect(outcome).toEqual(theirs);
    });
    fc.assert(property, { numRuns: 1000 });
    expect(sent).toBeGreaterThan(100);
  });

  it.each<[string, unknown, (boolean | ParamRules)?]>([
    ["nothing", undefined],
    ["null", null],
    ["text", "ab"],
    ["a function", () => 1],
    ["a list", ["a"]],
    ["an empty list", []],
    ["required keys that are null or undefined", { Name: null, Ratio: undefined }],
    ["required keys before others, those in the order of the model", { Other: 1, On: 1, Count: 0 }, all],
    ["what is given in its order", accepted({ Kind: "x", Count: 0, Big: -1 }), all],
    ["two errors of one text", accepted({ Name: "dddddd" }), all],
    ["a text with all errors", accepted({ Counts: { c: 0 } }), all],
    ["sizes of a list before its items", accepted({ Names: ["", "b", "c"] }), all],
    ["sizes of a map after its members", accepted({ Counts: { a: 0, b: 0, c: 0 } }), all],
    ["an empty map and list", accepted({ Counts: {}, Names: [] })],
    ["structures in lists in structures", accepted({ Next: { Inners: [{}, { Key: "", Values: [""], X: 1 }] } }), all],
    [
      "a choice of nothing and of all",
      accepted({ Choice: {}, Next: accepted({ Choice: { Text: "a", Number: "2" } }) }),
    ],
    ["no minimums with a map that does not say so", accepted({ Count: 0, Kind: "x" }), { enum: true }],
    ["types and keys with an empty map", { Count: "x", Other: 1 }, {}],
    ["numbers in text", accepted({ Count: "7", Big: "12.9", Share: "-0.5", Ratio: "1.25" })],
    ["text that is no number", accepted({ Count: "7.0", Big: "", Share: "+1", Small: "1e3" })],
    ["numbers in text beyond limits", accepted({ Count: "11", Ratio: "0.25" }), all],
    ["fractions of whole numbers", accepted({ Count: 1.9, Big: 0.5, Small: -7.9 })],
    ["fractions beyond limits", accepted({ Count: 10.5 }), all],
    ["dates", accepted({ When: new Date(1_577_836_800_123), Times: [1.5, 0, -1, "2020-01-01T00:00:00.25Z"] })],
    ["what is no date", accepted({ When: "2020-01-01", Times: ["2020-01-01T00:00:00", "now", true, {}, ["x"]] })],
    ["an object that is written as a date", accepted({ When: { toString: () => "2020-01-01T00:00:00Z" } })],
    ["booleans in text", accepted({ On: "true" })],
    ["bytes", accepted({ Lists: { a: ["é", Buffer.from([255]), new Uint8Array([1]), new ArrayBuffer(1)] } })],
    ["what has no bytes", accepted({ Lists: { a: [1, true, {}, [], new Date(0)] } })],
    ["JSON values", accepted({ Json: { a: [1, null, new Date(0)] }, Doc: [undefined, { b: new Date(0) }] })],
    [
      "JSON values that are simple",
      accepted({ Json: true, Next: accepted({ Json: 0, Next: accepted({ Json: "ab" }) }) }),
    ],
    ["JSON text that is too short", accepted({ JsonText: "" })],
    ["what is no JSON value", accepted({ Json: () => 1 })],
    ["holes and nulls of lists and maps", accepted({ Names: holed, Counts: { aa: null, bb: undefined, cc: 1 } })],
    ["a list for a map, and a map for a list", accepted({ Counts: [1], Names: { a: "a" } })],
    ["text for a structure", accepted({ Next: "ab" })],
    ["a date for a structure and a map", accepted({ Choice: new Date(0), Counts: new Date(0) })],
  ])("are judged the same: %s", (_what, given, chosen = true) => {
    expect(ours(given, chosen)).toEqual(v2(given, chosen));
  });

  it("are judged the same where they become part of the path", async () => {
    const theirs = await judgeOfV2(Labels$);
    for (const given of [{ Id: "" }, { Id: "", Other: "" }, { Id: null, Other: "" }, { Id: 1, Number: "" }]) {
      expect(judgeOfOurs(Labels$)(given, true)).toEqual(theirs(given, true));
      expect(judgeOfOurs(Labels$)(given, {})).toEqual(theirs(given, {}));
    }
  });

  it.each([
    ["too short and unknown", { Name: "", Other: 1 }],
    ["numbers in text", { Count: "7.0", Ratio: "1.5x", Big: "3.9" }],
    ["dates in text", { When: "2020-01-01", Times: ["1 January 2020 UTC"] }],
    ["JSON values", { Json: [1], Doc: "a" }],
  ])("are sent the same unchecked: %s", (_what, given) => {
    expect(ours(given, false)).toEqual(v2(given, false));
  });
});

/** What v2 does, and what ours does instead. */
const invalid = (path: string, wanted: string): object => ({
  error: { code: "InvalidParameterType", message: `Expected params.${path} to be ${wanted}` },
});
const unexpected = (name: string): object => ({
  error: { code: "UnexpectedParameter", message: `Unexpected key '${name}' found in params` },
});
const sent = (more: object): object => ({ body: accepted(more) });
const failure = (name: string): object => ({ error: { name } });
const aDate = "a Date object, ISO-8601 string, or a UNIX timestamp";
const bytesToRead = "a string, Buffer, or typed array object; a stream or Blob has to be read first";
const aBlob = "a string, Buffer, Stream, Blob, or typed array object";
const ring: { Next?: object } = accepted({});
ring.Next = ring;
const jsonRing: unknown[] = [];
jsonRing.push(jsonRing, jsonRing);
const tooDeep = {
  error: { code: "InvalidParameterType", message: expect.stringContaining("refer to itself") as string },
};

describe.skipIf(!isInstalled)("deliberate differences from the official v2 client", () => {
  it.each<[string, object, object, object, (boolean | ParamRules)?]>([
    ["NaN is rejected", { Count: NaN }, sent({ Count: null }), invalid("Count", "a number")],
    ["NaN in text is rejected", { Share: "NaN" }, sent({ Share: null }), invalid("Share", "a number")],
    ["endless whole numbers are rejected", { Big: Infinity }, sent({ Big: null }), invalid("Big", "a number")],
    ["other endless numbers are sent", { Share: -Infinity }, sent({ Share: null }), sent({ Share: "-Infinity" })],
    ["an Invalid Date is rejected", { When: new Date(NaN) }, sent({ When: null }), invalid("When", aDate)],
    ["a month 13 is rejected", { When: "2020-13-01T00:00:00Z" }, sent({ When: null }), invalid("When", aDate)],
    ["a date beyond all dates is rejected", { When: 1e15 }, sent({ When: null }), invalid("When", aDate)],
    ["whole numbers are cut, not read from their text", { Big: 1e21 }, sent({ Big: 1 }), sent({ Big: 1e21 })],
    ["fractions next to 0 are 0", { Small: 1e-7 }, sent({ Small: 1 }), sent({ Small: 0 })],
    ["a long may be a bigint", { Big: 5n }, invalid("Big", "a number"), sent({ Big: 5 })],
    [
      "text is measured in characters, as the model means it",
      { Name: "😀" },
      { body: { Name: "😀", Ratio: 1 } },
      { error: { code: "MinRangeError", message: "Expected string length >= 2, but found 1 for params.Name" } },
    ],
    [
      "patterns are those of Unicode",
      { Emoji: "😀" },
      { error: { code: "PatternMatchError" } },
      sent({ Emoji: "😀" }),
      { pattern: true },
    ],
    [
      "all bytes of wide numbers are sent",
      { Data: new Uint16Array([513]) },
      sent({ Data: "AQ==" }),
      sent({ Data: "AQI=" }),
    ],
    [
      "bytes of a DataView are sent",
      { Data: new DataView(new ArrayBuffer(1)) },
      sent({ Data: "" }),
      sent({ Data: "AA==" }),
    ],
    ["a stream says so", { Data: Readable.from(["a"]) }, failure("TypeError"), invalid("Data", bytesToRead)],
    ["a Blob says so", { Data: new Blob(["a"]) }, failure("TypeError"), invalid("Data", bytesToRead)],
    ["a byteLength is no bytes", { Data: { byteLength: 1 } }, failure("TypeError"), invalid("Data", aBlob)],
    ["names of an object's methods are unknown keys", { constructor: "a" }, sent({}), unexpected("constructor")],
    ["so is __proto__", JSON.parse('{"__proto__":"a"}') as object, sent({}), unexpected("__proto__")],
    [
      "a key __proto__ of a map is sent",
      { Lists: JSON.parse('{"__proto__":[]}') as object },
      sent({ Lists: {} }),
      sent({ Lists: JSON.parse('{"__proto__":[]}') as object }),
    ],
    ["a structure that is not set is not looked into", { Inners: [null] }, failure("TypeError"), sent({ Inners: [] })],
    ["what refers to itself is rejected", ring, failure("RangeError"), tooDeep],
    ["what refers to itself is rejected unchecked too", ring, failure("RangeError"), tooDeep, false],
    ["JSON that refers to itself is rejected", { Doc: jsonRing }, failure("TypeError"), tooDeep],
    ["a JSON value that refers to itself is rejected", { Json: jsonRing }, failure("TypeError"), tooDeep],
    [
      "lists and maps of JSON are not measured as text",
      { JsonText: [1] },
      { error: { code: "MinRangeError", message: "Expected string length >= 2, but found 1 for params.JsonText" } },
      sent({ JsonText: "[1]" }),
    ],
    [
      "unchecked, numbers in place of text are sent as text",
      { Kind: 1 },
      sent({ Kind: 1 }),
      sent({ Kind: "1" }),
      false,
    ],
  ])("%s", async (_what, given, theirs, ours, chosen = true) => {
    const judgeOfTheirs = await judgeOfV2(Everything$);
    expect(judgeOfTheirs(accepted(given), chosen)).toMatchObject(theirs);
    expect(judgeOfOurs(Everything$)(accepted(given), chosen)).toMatchObject(ours);
  });

  it("values that the model calls sensitive are not shown", async () => {
    const secret = "***SensitiveInformation***";
    const sensitive = true;
    const shape: StructureShape = {
      type: "structure",
      name: "Secrets",
      members: {
        Word: { type: "string", pattern: "^a$", enum: { A: "a" }, sensitive },
        Number: { type: "integer", range: { max: 1 }, sensitive },
        Map: { type: "map", key: { type: "string", pattern: "^a$" }, value: { type: "string" }, sensitive },
      },
    };
    const given = { Word: "xyz", Number: 99, Map: { xyz: "b" } };
    const messages = (text: string, number: string): string[] => [
      `EnumError: Found string value of ${text}, but expected a for params.Word`,
      `PatternMatchError: Provided value "${text}" does not match regex pattern /^a$/ for params.Word`,
      `MaxRangeError: Expected numeric value <= 1, but found ${number} for params.Number`,
      `PatternMatchError: Provided value "${text}" does not match regex pattern /^a$/ for params.Map[key='${text}']`,
    ];
    const listed = (lines: string[]): object => ({
      error: { message: ["There were 4 validation errors:", ...lines].join("\n* ") },
    });
    expect((await judgeOfV2(shape))(given, all)).toMatchObject(listed(messages("xyz", "99")));
    expect(judgeOfOurs(shape)(given, all)).toMatchObject(listed(messages(secret, secret)));
  });
});
