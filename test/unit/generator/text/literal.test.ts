import { runInNewContext } from "node:vm";
import * as fc from "../../../support/fast-check.js";
import { describe, expect, it } from "vitest";
import { Code, literal, memberKey, propertyKey } from "#generator/text/literal.js";

const evaluate = (expression: string): unknown => runInNewContext(`(${expression})`);

describe("literal", () => {
  it("returns any JSON value, on one line and on many", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(evaluate(literal(value)))).toBe(JSON.stringify(value));
        expect(JSON.stringify(evaluate(literal(value, 0)))).toBe(JSON.stringify(value));
      }),
    );
  });

  it("returns any text, and puts none of its line breaks into the code", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.codePoint }), (text) => {
        const code = literal(text);
        expect(evaluate(code)).toBe(text);
        expect(code).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
    );
  });

  it("makes __proto__ an own property", () => {
    const value = evaluate(literal(JSON.parse('{"__proto__":{"polluted":true}}') as object)) as object;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect("polluted" in value).toBe(false);
  });

  it("keeps the sign of zero, and prints bigints", () => {
    expect(literal(-0)).toBe("-0");
    expect(literal(10n)).toBe("10n");
  });

  it("prints code as it is", () => {
    expect(literal({ target: new Code("() => Tag$") })).toBe("{ target: () => Tag$ }");
  });

  it("rejects what is no literal", () => {
    expect(() => literal(() => 1)).toThrow(TypeError);
  });

  it("breaks lines only where they would be too long", () => {
    const long = "x".repeat(60);
    expect(literal({ a: 1 }, 0)).toBe("{ a: 1 }");
    expect(literal({ a: long, b: [long] }, 0)).toBe(`{\n  a: "${long}",\n  b: ["${long}"],\n}`);
    expect(literal({ a: long, b: 1 }, 0, 60)).toContain("\n");
  });
});

describe("keys", () => {
  it("are quoted where they are no identifiers", () => {
    expect(propertyKey("Name")).toBe("Name");
    expect(propertyKey("x-y")).toBe('"x-y"');
    expect(memberKey('a"b')).toBe('"a\\"b"');
  });

  it("are computed in object literals where a plain one would set the prototype", () => {
    expect(propertyKey("__proto__")).toBe('["__proto__"]');
    expect(memberKey("__proto__")).toBe("__proto__");
  });
});
