import * as fc from "../../../support/fast-check.js";
import { describe, expect, it } from "vitest";
import { exactNumbers } from "#runtime/features/exact-numbers.js";
import { JsonReader } from "#runtime/protocols/json/read.js";
import { JsonWriter } from "#runtime/protocols/json/write.js";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import type { StructureShape, UnionShape } from "#runtime/schema/shapes.js";

const settings = { jsonName: true, timestampFormat: "epoch-seconds" } as const;

const Choice$: UnionShape = {
  type: "union",
  name: "Choice",
  members: { text: { type: "string" }, at: { type: "timestamp" } },
};
const All$: StructureShape = {
  type: "structure",
  name: "All",
  members: {
    text: { type: "string", jsonName: "Text" },
    flag: { type: "boolean" },
    count: { type: "integer" },
    big: { type: "long" },
    huge: { type: "bigInteger" },
    exact: { type: "bigDecimal" },
    ratio: { type: "double" },
    size: { type: "string", jsonName: 'größe "\u2028' },
    at: { type: "timestamp" },
    on: { type: "timestamp", timestampFormat: "date-time" },
    bytes: { type: "blob" },
    any: { type: "document" },
    dates: { type: "list", member: { type: "timestamp" } },
    sparse: { type: "list", member: { type: "string" }, sparse: true },
    dense: { type: "list", member: { type: "string" } },
    named: { type: "map", key: { type: "string" }, value: { type: "blob" } },
    holes: { type: "map", key: { type: "string" }, value: { type: "string" }, sparse: true },
    choice: { target: Choice$ },
    child: { target: () => All$ },
  },
};

const write = (value: object) => new JsonWriter(settings).stringify(All$, value);
const read = (text: string) => new JsonReader(settings).readOf(All$)(JSON.parse(text));

describe("reading a body", () => {
  const body = (text: string) => ({ status: 200, headers: {}, body: Buffer.from(text) });
  const reader = new JsonReader(settings).of({ features: [exactNumbers()] });
  const readBody = (text: string) => reader.readBody(All$, body(text));

  it("keeps every digit of big numbers, and reads the others as ever", () => {
    const digits = "123456789012345678901234567890";
    expect(readBody(`{"huge":${digits},"exact":0.1000000000000000000000001,"big":9007199254740993}`)).toEqual({
      huge: BigInt(digits),
      exact: "0.1000000000000000000000001",
      big: 9_007_199_254_740_992,
    });
    expect(
      readBody(
        `{"huge":-7,"exact":1.50,"ratio":1e400,"count":3,"at":1.5,"Text":"a 12345678901234567890 \\" 1.10 \\\\","any":[${digits},{"a":0.10}]}`,
      ),
    ).toEqual({
      huge: -7n,
      exact: "1.50",
      ratio: Infinity,
      count: 3,
      at: new Date(1500),
      text: 'a 12345678901234567890 " 1.10 \\',
      any: [Number(digits), { a: 0.1 }],
    });
  });

  it("rounds them without the feature exactNumbers", () => {
    const plain = new JsonReader(settings).of({});
    expect(plain.readBody(All$, body('{"huge":9007199254740993,"exact":1.50}'))).toEqual({
      huge: 9_007_199_254_740_992n,
      exact: "1.5",
    });
  });

  it("has nothing to read where it is empty, and rejects what is not JSON or no whole number", () => {
    expect(readBody("")).toBeUndefined();
    expect(() => readBody("{oops")).toThrow(SyntaxError);
    expect(() => readBody('{"huge":1.5}')).toThrow(ResponseMismatch);
    expect(() => readBody('{"huge":1.50000000000000000000001}')).toThrow(ResponseMismatch);
  });
});

describe("writing", () => {
  it("uses the wire's names, formats and number forms", () => {
    const text = write({
      text: "a",
      big: 9_007_199_254_740_993n,
      huge: 10n ** 30n,
      exact: "1.10",
      ratio: Number.NaN,
      at: new Date(1500),
      on: new Date(0),
      bytes: new Uint8Array([1, 2]),
      any: { a: [null] },
      child: { ratio: Number.NEGATIVE_INFINITY, big: 3 },
    });
    expect(text).toBe(
      '{"Text":"a","big":9007199254740993,"huge":1000000000000000000000000000000,"exact":1.10,"ratio":"NaN","at":1.5,' +
        '"on":"1970-01-01T00:00:00Z","bytes":"AQI=","any":{"a":[null]},"child":{"ratio":"-Infinity","big":3}}',
    );
  });

  it("carries modelled members only, and no absent ones", () => {
    expect(write({ text: undefined, flag: null, extra: 1, toString: "x", child: { extra: 2 } })).toBe('{"child":{}}');
  });

  it("keeps nulls of sparse collections and drops those of dense maps", () => {
    expect(write({ sparse: ["a", null], holes: { a: null }, named: { a: null } })).toBe(
      '{"sparse":["a",null],"holes":{"a":null},"named":{}}',
    );
  });

  it("escapes texts and keys as JSON.stringify does, at every length", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 90 }),
      fc.string({ unit: "grapheme-ascii", maxLength: 90 }),
      fc.constant("x".repeat(9000)),
      fc.constant("\uD800"),
    );
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 200 }), fc.dictionary(texts, texts), (dense, holes) => {
        expect(write({ dense, holes })).toBe(JSON.stringify({ dense, holes }));
      }),
    );
  });

  it("writes values of other types as JSON.stringify does", () => {
    const dense = [1.5, -0, 1e21, Number.NaN, true, { a: "é" }, [undefined], new Date(0), () => 1, Symbol("s")];
    const value = { dense, any: () => 1, child: "b", holes: { a: Symbol("s"), b: () => 1, c: "d" } };
    expect(write(value)).toBe(JSON.stringify(value));
  });

  it("writes names that are not ASCII", () => {
    expect(write({ size: "x" })).toBe(JSON.stringify({ 'größe "\u2028': "x" }));
  });

  it("writes members that an object inherits from its class", () => {
    class Input {
      get text() {
        return "a";
      }
      count = 1;
    }
    expect(write(new Input())).toBe('{"Text":"a","count":1}');
  });

  it("may write while it writes: a getter that makes a call", () => {
    const child = {
      get text() {
        return write({ text: "inner" });
      },
    };
    expect(write({ text: "outer", child, count: 2 })).toBe(
      JSON.stringify({ Text: "outer", child: { Text: '{"Text":"inner"}' }, count: 2 }),
    );
  });

  it("starts anew after a value that cannot be written", () => {
    expect(() => write({ text: "a", count: 1n })).toThrow(TypeError);
    expect(write({ text: "b" })).toBe('{"Text":"b"}');
  });

  it("leaves the value as it was", () => {
    const value = { dates: [new Date(0)], child: { at: new Date(0) } };
    const before = structuredClone(value);
    write(value);
    expect(value).toEqual(before);
  });

  it("writes a map key named __proto__ as a key", () => {
    const holes = JSON.parse('{"__proto__":"x"}') as object;
    expect(write({ holes })).toBe('{"holes":{"__proto__":"x"}}');
  });
});

describe("reading", () => {
  it("is the inverse of writing", () => {
    const value = {
      text: "a",
      flag: true,
      huge: 12n,
      ratio: Number.POSITIVE_INFINITY,
      at: new Date(1500),
      on: new Date(0),
      bytes: new Uint8Array([255]),
      dates: [new Date(0), new Date(1)],
      named: { k: new Uint8Array([1]) },
      choice: { at: new Date(5000) },
      child: { text: "b" },
    };
    expect(read(write(value))).toEqual(value);
  });

  it("leaves unknown members and nulls out, at any depth", () => {
    expect(read('{"Text":"a","new":{},"flag":null,"child":{"new":1,"count":2,"child":null}}')).toEqual({
      text: "a",
      child: { count: 2 },
    });
  });

  it("follows the sparse trait", () => {
    expect(read('{"sparse":["a",null],"dense":["a",null],"holes":{"a":null},"named":{"a":null}}')).toEqual({
      sparse: ["a", null],
      dense: ["a"],
      holes: { a: null },
      named: {},
    });
  });

  it("keeps an unknown union member readable", () => {
    expect(read('{"choice":{"newer":7}}')).toEqual({ choice: { $unknown: ["newer", 7] } });
    expect(read('{"choice":{"__type":"x","text":"t","at":null}}')).toEqual({ choice: { text: "t" } });
  });

  it.each([
    ["[]", "All should be an object"],
    ['{"child":1}', "All should be an object"],
    ['{"dates":{}}', "All.dates should be an array"],
    ['{"dates":["soon"]}', "an item of All.dates should be"],
    ['{"bytes":1}', "All.bytes should be base64 text"],
    ['{"ratio":"wide"}', "All.ratio should be a number"],
    ['{"choice":{"text":"a","at":1}}', "Choice should be one of its members"],
  ])("%s is a mismatch that reports what and where", (text, message) => {
    expect(() => read(text)).toThrow(ResponseMismatch);
    expect(() => read(text)).toThrow(message);
  });

  it("pollutes nothing, whatever the response's keys are", () => {
    const output = read(
      '{"__proto__":{"polluted":1},"holes":{"__proto__":"x"},"any":{"__proto__":{"polluted":1}}}',
    ) as {
      holes: object;
    };
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect((output as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.keys(output.holes)).toEqual(["__proto__"]);
  });

  it("takes any JSON without an error of its own", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ResponseMismatch);
        }
      }),
      { numRuns: 300 },
    );
  });
});
