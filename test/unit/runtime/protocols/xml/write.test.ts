import { describe, expect, it, test } from "vitest";
import { XmlWriter } from "#runtime/protocols/xml/write.js";
import type { Member, StructureShape, UnionShape } from "#runtime/schema/shapes.js";

const writer = new XmlWriter();
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const string = { type: "string" } as const;
const list = { type: "list", member: string } as const;
const map = { type: "map", key: string, value: string } as const;

/** The document of a value, without its declaration. */
function write(members: Readonly<Record<string, Member>>, value: object): string {
  const text = writer.write({ type: "structure", name: "Shelf", members }, value, { name: "r" });
  expect(text.startsWith(declaration)).toBe(true);
  return text.slice(declaration.length);
}

describe("the root", () => {
  const shape: StructureShape = { type: "structure", name: "Shelf", members: {} };

  test.each([
    [{ name: "r" }, "<r></r>"],
    [{ name: "r", namespace: { uri: "urn:a" } }, '<r xmlns="urn:a"></r>'],
    [{ name: "r", namespace: { uri: 'urn:a?"&', prefix: "p" } }, '<r xmlns:p="urn:a?&quot;&amp;"></r>'],
  ])("%o", (root, wanted) => expect(writer.write(shape, {}, root)).toBe(declaration + wanted));
});

test.each<[string, Member, unknown, string]>([
  ["text", string, " a b ", "<a> a b </a>"],
  ["an empty text", string, "", "<a></a>"],
  ["a boolean", { type: "boolean" }, false, "<a>false</a>"],
  ["a number", { type: "integer" }, -5, "<a>-5</a>"],
  ["not-a-number", { type: "double" }, NaN, "<a>NaN</a>"],
  ["an infinity", { type: "float" }, -Infinity, "<a>-Infinity</a>"],
  ["a big number", { type: "bigInteger" }, 10n ** 20n, "<a>100000000000000000000</a>"],
  ["a decimal", { type: "bigDecimal" }, "1.10", "<a>1.10</a>"],
  ["bytes", { type: "blob" }, new Uint8Array([1, 2]), "<a>AQI=</a>"],
  ["a date", { type: "timestamp" }, new Date(1500), "<a>1970-01-01T00:00:01.500Z</a>"],
  ["seconds", { type: "timestamp", timestampFormat: "epoch-seconds" }, new Date(1500), "<a>1.5</a>"],
  [
    "an HTTP date",
    { type: "timestamp", timestampFormat: "http-date" },
    new Date(0),
    "<a>Thu, 01 Jan 1970 00:00:00 GMT</a>",
  ],
  ["another name", { ...string, xmlName: "p:A" }, "x", "<p:A>x</p:A>"],
  ["a namespace", { ...string, xmlNamespace: { uri: "urn:a" } }, "x", '<a xmlns="urn:a">x</a>'],
  ["a list", list, ["x", "y"], "<a><member>x</member><member>y</member></a>"],
  ["an empty list", list, [], "<a></a>"],
  ["nulls in a list", list, ["x", null, undefined], "<a><member>x</member></a>"],
  [
    "a list with names",
    { ...list, xmlNamespace: { uri: "urn:a" }, member: { ...string, xmlName: "i", xmlNamespace: { uri: "urn:b" } } },
    ["x"],
    '<a xmlns="urn:a"><i xmlns="urn:b">x</i></a>',
  ],
  [
    "a flattened list",
    { ...list, xmlFlattened: true, xmlNamespace: { uri: "urn:a" }, member: { ...string, xmlName: "i" } },
    ["x", "y"],
    '<a xmlns="urn:a">x</a><a xmlns="urn:a">y</a>',
  ],
  ["an empty flattened list", { ...list, xmlFlattened: true }, [], ""],
  [
    "a list of lists",
    { type: "list", member: list },
    [["x"], []],
    "<a><member><member>x</member></member><member></member></a>",
  ],
  ["a map", map, { k: "v" }, "<a><entry><key>k</key><value>v</value></entry></a>"],
  ["an empty map", map, {}, "<a></a>"],
  ["nothing in a map", map, { k: null, l: undefined }, "<a></a>"],
  [
    "a map with names",
    { ...map, key: { ...string, xmlName: "K", xmlNamespace: { uri: "urn:k" } }, value: { ...string, xmlName: "V" } },
    { k: "v" },
    '<a><entry><K xmlns="urn:k">k</K><V>v</V></entry></a>',
  ],
  [
    "a flattened map",
    { ...map, xmlFlattened: true },
    { k: "v", l: "w" },
    "<a><key>k</key><value>v</value></a><a><key>l</key><value>w</value></a>",
  ],
])("%s", (_, member, value, wanted) => expect(write({ a: member }, { a: value })).toBe(`<r>${wanted}</r>`));

describe("structures", () => {
  const Choice$: UnionShape = {
    type: "union",
    name: "Choice",
    members: { text: string, again: { target: () => Choice$ } },
  };
  const Grantee$: StructureShape = {
    type: "structure",
    name: "Grantee",
    members: {
      name: string,
      kind: { ...string, xmlAttribute: true, xmlName: "xsi:type" },
      count: { type: "integer", xmlAttribute: true },
    },
    xmlName: "Ignored",
    xmlNamespace: { uri: "urn:ignored" },
  };

  it("have their attributes in their tag", () => {
    const member: Member = { target: Grantee$, xmlNamespace: { uri: "urn:xsi", prefix: "xsi" } };
    expect(write({ a: member }, { a: { name: "n", kind: "<t>", count: 1 } })).toBe(
      '<r><a xmlns:xsi="urn:xsi" xsi:type="&lt;t&gt;" count="1"><name>n</name></a></r>',
    );
    expect(write({ a: member }, { a: {} })).toBe('<r><a xmlns:xsi="urn:xsi"></a></r>');
    expect(writer.write(Grantee$, { count: 2 }, { name: "r" })).toBe(`${declaration}<r count="2"></r>`);
  });

  it("leave out what is not set and what the model does not know", () => {
    expect(write({ a: string, b: string }, { a: undefined, b: null, c: "x" })).toBe("<r></r>");
    expect(write({ toString: string }, {})).toBe("<r></r>");
  });

  it("unions hold the member that is set, as deep as they are", () => {
    expect(write({ a: { target: Choice$ } }, { a: { again: { text: "x" } } })).toBe(
      "<r><a><again><text>x</text></again></a></r>",
    );
  });

  it("own properties of inherited names are written", () => {
    const value = Object.defineProperty({}, "__proto__", { value: "x", enumerable: true });
    expect(write({ ["__proto__"]: string }, value)).toBe("<r><__proto__>x</__proto__></r>");
  });
});

describe("escaping", () => {
  const members: Readonly<Record<string, Member>> = { a: string, b: { ...string, xmlAttribute: true } };

  test.each([
    ["&<>", "&amp;&lt;&gt;"],
    ["\r\n", "&#xD;&#xA;"],
    ["\u0001\u001F\u007F\u0085\u2028", "&#x1;&#x1F;&#x7F;&#x85;&#x2028;"],
    ["]]>", "]]&gt;"],
    ["\u{1F600}é", "\u{1F600}é"],
    ["&amp;", "&amp;amp;"],
  ])("%o is the same in texts and attributes", (text, wanted) => {
    expect(write(members, { a: text, b: text })).toBe(`<r b="${wanted}"><a>${wanted}</a></r>`);
  });

  it("keeps tabs and quotes in texts, and not in attributes", () => {
    expect(write(members, { a: `\t"'`, b: `\t"'` })).toBe(`<r b="&#x9;&quot;'"><a>\t"'</a></r>`);
  });

  it("covers keys", () => {
    expect(write({ a: map }, { a: { "<k>": "v" } })).toContain("<key>&lt;k&gt;</key>");
  });

  test.each(["\0", "\uFFFE", "\uFFFF", "\uD800", "a\uDC00b"])("rejects %o, which XML cannot represent", (text) => {
    expect(() => write(members, { a: text })).toThrow(URIError);
    expect(() => write(members, { b: text })).toThrow(URIError);
  });
});

test.each<[string, Member, unknown]>([
  ["an object for a list", list, {}],
  ["a text for a map", map, "x"],
  ["a list for a structure", { target: { type: "structure", name: "S", members: {} } }, []],
  ["an object for a text", string, {}],
  ["a document", { type: "document" }, { x: 1 }],
  ["an invalid date", { type: "timestamp" }, new Date(NaN)],
])("%s is rejected", (_, member, value) => {
  expect(() => write({ a: member }, { a: value })).toThrow(/./);
});
