import { channel } from "node:diagnostics_channel";
import { describe, expect, test, onTestFinished } from "vitest";
import type { Member } from "#runtime/schema/shapes.js";
import { codecOf, response } from "./support.js";

function read(member: Member, text: string): unknown {
  const codec = codecOf({ output: { it: { ...member, httpHeader: "X-It" } } });
  return (codec.readOutput(response("", { "x-it": text })) as { it?: unknown }).it;
}
const list = (member: Member): Member => ({ type: "list", member });

describe("a header", () => {
  test.each<[Member, string, unknown]>([
    [{ type: "string" }, " a, b ", " a, b "],
    [{ type: "string" }, "", ""],
    [{ type: "string", mediaType: "text/plain" }, "w6k=", "é"],
    [{ type: "boolean" }, "true", true],
    [{ type: "integer" }, "-12", -12],
    [{ type: "integer" }, "", undefined],
    [{ type: "double" }, "1.5e3", 1500],
    [{ type: "float" }, "NaN", Number.NaN],
    [{ type: "float" }, "-Infinity", Number.NEGATIVE_INFINITY],
    [{ type: "bigInteger" }, "18446744073709551616", 2n ** 64n],
    [{ type: "bigDecimal" }, "0.10", "0.10"],
    [{ type: "timestamp" }, "Thu, 01 Jan 1970 00:00:01 GMT", new Date(1000)],
    [{ type: "timestamp", timestampFormat: "epoch-seconds" }, "1.5", new Date(1500)],
    [list({ type: "string" }), String.raw`a, "b,c" ,"\"d\\", "",e`, ["a", "b,c", '"d\\', "", "e"]],
    [list({ type: "string" }), "", []],
    [list({ type: "string" }), "a,,b", ["a", "", "b"]],
    [list({ type: "string" }), 'a"b, "c', ['a"b', '"c']],
    [list({ type: "integer" }), "1,2 , 3", [1, 2, 3]],
    [
      list({ type: "timestamp" }),
      "Thu, 01 Jan 1970 00:00:01 GMT, Friday, 01-Jan-99 00:00:00 GMT,Thu Jan  1 00:00:03 1970",
      [new Date(1000), new Date(915_148_800_000), new Date(3000)],
    ],
    [list({ type: "timestamp", timestampFormat: "epoch-seconds" }), "1, 2", [new Date(1000), new Date(2000)]],
  ])("%j of %j", (member, text, value) => expect(read(member, text)).toEqual(value));

  test.each<[Member, string]>([
    [{ type: "boolean" }, "yes"],
    [{ type: "integer" }, "1.5"],
    [{ type: "double" }, "0x10"],
    [{ type: "bigInteger" }, "many"],
    [{ type: "timestamp" }, "yesterday"],
  ])("%j is not %j: the member is absent, and a warning names it", (member, text) => {
    const messages: unknown[] = [];
    const listen = (message: unknown): void => void messages.push(message);
    channel("clientsmith:warning").subscribe(listen);
    onTestFinished(() => void channel("clientsmith:warning").unsubscribe(listen));
    expect(read(member, text)).toBeUndefined();
    expect(messages).toEqual([
      { message: expect.stringMatching(/^TurnOutput\.it \(header x-it\) should be /) as string },
    ]);
  });
});

describe("the header Expires", () => {
  const expires: Member = { type: "timestamp", httpHeader: "Expires" };
  const readExpires = (member: Member, text: string) =>
    codecOf({ output: { it: member } }).readOutput(response("", { expires: text }));

  test("is left out where it is no date, as is often sent on purpose", () => {
    expect(readExpires(expires, "Thu, 01 Jan 1970 00:00:00 GMT")).toEqual({ it: new Date(0) });
    expect(readExpires(expires, "0")).toEqual({});
    expect(readExpires(expires, "-1")).toEqual({});
  });

  test("is what the model states", () => {
    expect(readExpires({ ...expires, timestampFormat: "epoch-seconds" } as Member, "0")).toEqual({ it: new Date(0) });
    expect(readExpires({ type: "string", httpHeader: "Expires" }, "0")).toEqual({ it: "0" });
    expect(readExpires({ type: "integer", httpHeader: "Expires" }, "never")).toEqual({});
  });
});

describe("headers by prefix", () => {
  const map = { type: "map", key: { type: "string" }, value: { type: "string" } } as const;
  const headers = { "x-meta-a": "1", "x-meta-__proto__": "2", other: "3" };

  test("are a map, without the prefix", () => {
    const codec = codecOf({ output: { meta: { ...map, httpPrefixHeaders: "X-Meta-" } } });
    const { meta } = codec.readOutput(response("", headers)) as { meta: object };
    expect(Object.entries(meta)).toEqual([
      ["a", "1"],
      ["__proto__", "2"],
    ]);
    expect(codec.readOutput(response("", { other: "3" }))).toEqual({ meta: {} });
  });

  test("are all of them for an empty one", () => {
    const codec = codecOf({ output: { all: { ...map, httpPrefixHeaders: "" } } });
    expect(codec.readOutput(response("", { a: "1", b: "" }))).toEqual({ all: { a: "1", b: "" } });
  });
});
