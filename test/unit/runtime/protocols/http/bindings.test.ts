import { describe, expect, it } from "vitest";
import { codecOf, response } from "./support.js";

describe("members of a body", () => {
  it("are written and read whatever their names", () => {
    const members = JSON.parse('{ "__proto__": { "type": "string" }, "constructor": { "type": "string" } }') as object;
    const text = '{"__proto__":"a","constructor":"b"}';
    const codec = codecOf({ input: { ...members }, output: { ...members } });
    expect(codec.serialize(JSON.parse(text) as object).body).toBe(text);
    expect(JSON.stringify(codec.readOutput(response(text)))).toBe(text);
  });
});
