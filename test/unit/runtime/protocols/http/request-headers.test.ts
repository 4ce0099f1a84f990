import { describe, expect, test } from "vitest";
import { codecOf, rejection } from "./support.js";

const codec = codecOf({
  input: {
    text: { type: "string", httpHeader: "X-Text" },
    texts: { type: "list", member: { type: "string" }, httpHeader: "X-Texts" },
    dates: { type: "list", member: { type: "timestamp" }, httpHeader: "X-Dates" },
    media: { type: "string", mediaType: "application/json", httpHeader: "X-Media" },
    bytes: { type: "blob", httpHeader: "X-Bytes" },
    meta: { type: "map", key: { type: "string" }, value: { type: "string" }, httpPrefixHeaders: "X-Meta-" },
  },
});
const any = codecOf({
  input: {
    own: { type: "string", httpHeader: "Hello" },
    all: { type: "map", key: { type: "string" }, value: { type: "string" }, httpPrefixHeaders: "" },
  },
});

describe("values", () => {
  test.each([
    [{ text: "a b" }, { "x-text": "a b" }],
    [{ text: "" }, { "x-text": "" }],
    [{ text: null }, {}],
    [{ texts: ["a", "b,c", '"d"', "e\\", "", " f", null] }, { "x-texts": String.raw`a, "b,c", "\"d\"", e\, "", " f"` }],
    [{ texts: [] }, { "x-texts": "" }],
    [{ dates: [new Date(0)] }, { "x-dates": "Thu, 01 Jan 1970 00:00:00 GMT" }],
    [{ media: '{"é":1}' }, { "x-media": "eyLDqSI6MX0=" }],
    [{ bytes: new Uint8Array([0, 1, 255]) }, { "x-bytes": "AAH/" }],
    [{ meta: { A: "1", b: "" } }, { "x-meta-a": "1", "x-meta-b": "" }],
  ])("%j", (input, headers) => expect(codec.serialize(input).headers).toEqual(headers));

  test.each(["a\r\nhost: evil", "a\nb", "a\0b", "é", "\u007F"])("%j is rejected", (text) => {
    const rejected = rejection(() => codec.serialize({ text }));
    expect(rejected).toMatchObject({ path: "text", rule: "pattern" });
    expect(rejected.text).not.toContain(text);
    expect(rejection(() => codec.serialize({ texts: ["a", text] }))).toMatchObject({ path: "texts" });
    expect(rejection(() => codec.serialize({ meta: { a: text } }))).toMatchObject({ path: "meta.a" });
  });
});

describe("names from a map", () => {
  test.each(["a b", "a:b", "a\r\nb", "é", ""])("%j is rejected", (name) => {
    expect(rejection(() => any.serialize({ all: { [name]: "x" } }))).toMatchObject({ rule: "pattern" });
  });

  test.each(["Host", "authorization", "Content-Length", "Transfer-Encoding", "X-Amz-Date"])(
    "%s is not the caller's to set",
    (name) => {
      expect(rejection(() => any.serialize({ all: { [name]: "x" } }))).toMatchObject({ path: `all.${name}` });
    },
  );

  test("one that a member is bound to gives way to it, where it is set", () => {
    expect(any.serialize({ own: "1", all: { hello: "2", other: "3" } }).headers).toEqual({ hello: "1", other: "3" });
    expect(any.serialize({ all: { Hello: "2" } }).headers).toEqual({ hello: "2" });
  });
});
