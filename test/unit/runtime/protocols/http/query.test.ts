import { expect, test } from "vitest";
import { codecOf } from "./support.js";

const strings = { type: "list", member: { type: "string" } } as const;
const codec = codecOf({
  uri: "/things?fixed&kind=a%20b",
  input: {
    name: { type: "string", httpQuery: "na me" },
    tags: { ...strings, httpQuery: "tag" },
    when: { type: "timestamp", httpQuery: "when" },
    rest: { type: "map", key: { type: "string" }, value: { type: "string" }, httpQueryParams: true },
    many: { type: "map", key: { type: "string" }, value: strings, httpQueryParams: true },
  },
});
const query = (input: object): string => codec.serialize(input).query;

test.each([
  ["nothing but the constants", {}, "fixed&kind=a%20b"],
  ["a value that is encoded", { name: "a&b=c +é" }, "fixed&kind=a%20b&na%20me=a%26b%3Dc%20%2B%C3%A9"],
  ["empty text", { name: "" }, "fixed&kind=a%20b&na%20me="],
  ["null", { name: null }, "fixed&kind=a%20b"],
  ["a list", { tags: ["a", null, "b"] }, "fixed&kind=a%20b&tag=a&tag=b"],
  ["an empty list", { tags: [] }, "fixed&kind=a%20b"],
  ["a date", { when: new Date(1500) }, "fixed&kind=a%20b&when=1970-01-01T00%3A00%3A01.500Z"],
  ["a map", { rest: { "a b": "c&d", none: null } }, "fixed&kind=a%20b&a%20b=c%26d"],
  ["a map of lists", { many: { a: ["1", "2"] } }, "fixed&kind=a%20b&a=1&a=2"],
  ["a key that a member takes", { name: "own", rest: { "na me": "map" } }, "fixed&kind=a%20b&na%20me=own"],
  ["a key whose member is not set", { rest: { "na me": "map" } }, "fixed&kind=a%20b&na%20me=map"],
  ["keys of constants", { rest: { fixed: "x", kind: "y" } }, "fixed&kind=a%20b"],
])("%s", (_what, input, wanted) => expect(query(input)).toBe(wanted));

test("no query", () => expect(codecOf({ uri: "/things" }).serialize({}).query).toBe(""));
