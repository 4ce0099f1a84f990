import { describe, expect, it, test } from "vitest";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import { XmlCursor } from "#runtime/protocols/xml/cursor.js";
import { XmlReader } from "#runtime/protocols/xml/read.js";
import type { Member, StructureShape, UnionShape } from "#runtime/schema/shapes.js";

const reader = new XmlReader();
const string = { type: "string" } as const;

/** What a document of the members is read as. */
function read(members: Readonly<Record<string, Member>>, document: string): unknown {
  return readAs({ type: "structure", name: "Shelf", members }, document);
}

function readAs(shape: StructureShape, document: string): unknown {
  const xml = new XmlCursor(document);
  xml.root();
  const value = reader.readOf(shape)(xml);
  xml.end();
  return value;
}

describe("simple members", () => {
  const members: Readonly<Record<string, Member>> = {
    text: string,
    flag: { type: "boolean" },
    byte: { type: "byte" },
    count: { type: "integer" },
    big: { type: "long" },
    ratio: { type: "double" },
    huge: { type: "bigInteger" },
    exact: { type: "bigDecimal" },
    bytes: { type: "blob" },
    at: { type: "timestamp" },
    httpDate: { type: "timestamp", timestampFormat: "http-date" },
    epoch: { type: "timestamp", timestampFormat: "epoch-seconds" },
  };

  test.each<[string, object]>([
    ["<text> a  b </text>", { text: " a  b " }],
    ["<text/>", { text: "" }],
    ["<text>a<!-- b --><![CDATA[<c>]]></text>", { text: "a<c>" }],
    ["<flag>true</flag>", { flag: true }],
    ["<flag> false </flag>", { flag: false }],
    ["<byte>-1</byte>", { byte: -1 }],
    ["<count>\n  42\n</count>", { count: 42 }],
    ["<big>9007199254740993</big>", { big: 9007199254740992 }],
    ["<ratio>1.5e3</ratio>", { ratio: 1500 }],
    ["<ratio>NaN</ratio>", { ratio: NaN }],
    ["<ratio>-Infinity</ratio>", { ratio: -Infinity }],
    ["<huge>-123456789012345678901234567890</huge>", { huge: -123456789012345678901234567890n }],
    ["<exact>1.10</exact>", { exact: "1.10" }],
    ["<bytes>AQ\nI=</bytes>", { bytes: new Uint8Array([1, 2]) }],
    ["<bytes/>", { bytes: new Uint8Array() }],
    ["<at>2014-04-29T18:30:38Z</at>", { at: new Date(1_398_796_238_000) }],
    ["<httpDate>Tue, 29 Apr 2014 18:30:38 GMT</httpDate>", { httpDate: new Date(1_398_796_238_000) }],
    ["<epoch>1398796238.5</epoch>", { epoch: new Date(1_398_796_238_500) }],
    ["<text>a</text><text>b</text>", { text: "b" }],
    ["", {}],
    ["<other><text>a</text></other>", {}],
  ])("%s", (document, wanted) => expect(read(members, `<r>${document}</r>`)).toStrictEqual(wanted));

  test.each(["flag", "count", "big", "ratio", "huge", "exact", "at", "epoch"])(
    "an empty element is no value of %s",
    (name) => {
      expect(read(members, `<r><${name}/></r>`)).toEqual({});
      expect(read(members, `<r><${name}> </${name}></r>`)).toEqual({});
    },
  );

  test.each<[string, string]>([
    ["flag", "yes"],
    ["count", "1.5"],
    ["count", "many"],
    ["ratio", "1,5"],
    ["huge", "1e3"],
    ["at", "yesterday"],
    ["at", "1398796238"],
    ["epoch", "2014-04-29T18:30:38Z"],
  ])("%s is never %s", (name, text) => {
    const reading = (): unknown => read(members, `<r><${name}>${text}</${name}></r>`);
    expect(reading).toThrow(ResponseMismatch);
    expect(reading).toThrow(`Shelf.${name}`);
    expect(reading).not.toThrow(text);
  });
});

describe("names", () => {
  it("are the model's xmlName where there is one", () => {
    expect(read({ a: { ...string, xmlName: "A" } }, "<r><A>1</A><a>2</a></r>")).toEqual({ a: "1" });
  });

  it("have prefixes that do not count", () => {
    expect(read({ a: { ...string, xmlName: "x:a" }, b: string }, "<y:r><a>1</a><z:b>2</z:b></y:r>")).toEqual({
      a: "1",
      b: "2",
    });
  });

  it("may be those that every object inherits", () => {
    const values = read(
      { constructor: string, __proto__x: string, ["__proto__"]: { type: "list", member: string, xmlFlattened: true } },
      "<r><constructor>1</constructor><__proto__>2</__proto__><__proto__>3</__proto__></r>",
    );
    expect(Object.entries(values as object)).toEqual([
      ["constructor", "1"],
      ["__proto__", ["2", "3"]],
    ]);
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });

  it("of the root do not count", () => {
    expect(read({ a: string }, "<Anything><a>1</a></Anything>")).toEqual({ a: "1" });
  });
});

describe("attributes", () => {
  const members: Readonly<Record<string, Member>> = {
    id: { ...string, xmlAttribute: true },
    kind: { ...string, xmlAttribute: true, xmlName: "xsi:type" },
    count: { type: "integer", xmlAttribute: true },
  };

  it("are read by their name, with another prefix if need be", () => {
    expect(read(members, '<r id="1" xsi:type="t" count="2"/>')).toEqual({ id: "1", kind: "t", count: 2 });
    expect(read(members, '<r type="t"/>')).toEqual({ kind: "t" });
    expect(read(members, '<r i:type="t"/>')).toEqual({ kind: "t" });
    expect(read(members, '<r type="no" xsi:type="yes"/>')).toEqual({ kind: "yes" });
  });

  it("are not elements, nor elements attributes", () => {
    expect(read({ ...members, text: string }, '<r text="1"><id>2</id></r>')).toEqual({});
  });

  it("that are not as modelled are a mismatch", () => {
    expect(() => read(members, '<r count="x"/>')).toThrow(ResponseMismatch);
  });

  it("of names that every object inherits are not there", () => {
    expect(read({ toString: { type: "string", xmlAttribute: true } as const }, "<r/>")).toEqual({});
  });
});

describe("lists", () => {
  const list = { type: "list", member: string } as const;

  it("hold their items in elements named member, or as the model states", () => {
    expect(read({ a: list }, "<r><a><member>1</member>\n<member/><x>no</x></a></r>")).toEqual({ a: ["1", ""] });
    expect(read({ a: { ...list, member: { ...string, xmlName: "i" } } }, "<r><a><i>1</i></a></r>")).toEqual({
      a: ["1"],
    });
  });

  it("are empty where their element is, and absent where it is", () => {
    expect(read({ a: list }, "<r><a/></r>")).toEqual({ a: [] });
    expect(read({ a: list }, "<r/>")).toEqual({});
  });

  it("are spread over their parent where they are flattened, also with others between", () => {
    const members: Readonly<Record<string, Member>> = { a: { ...list, xmlFlattened: true }, b: string };
    expect(read(members, "<r><a>1</a><b>2</b><a>3</a></r>")).toEqual({ a: ["1", "3"], b: "2" });
    expect(read(members, "<r/>")).toEqual({});
    const renamed = { a: { ...list, member: { ...string, xmlName: "i" }, xmlName: "A", xmlFlattened: true } } as const;
    expect(read(renamed, "<r><A>1</A><i>2</i></r>")).toEqual({ a: ["1"] });
  });

  it("may hold lists and structures", () => {
    const nested = { type: "list", member: list } as const;
    expect(read({ a: nested }, "<r><a><member><member>1</member></member><member/></a></r>")).toEqual({
      a: [["1"], []],
    });
    const shape: StructureShape = { type: "structure", name: "Book", members: { title: string } };
    expect(
      read(
        { a: { type: "list", member: { target: shape }, xmlFlattened: true } },
        "<r><a><title>1</title></a><a/></r>",
      ),
    ).toEqual({ a: [{ title: "1" }, {}] });
  });

  it("leave out empty elements where only a text could be empty", () => {
    expect(
      read({ a: { type: "list", member: { type: "integer" } } }, "<r><a><member/><member>1</member></a></r>"),
    ).toEqual({ a: [1] });
  });
});

describe("maps", () => {
  const map = { type: "map", key: string, value: string } as const;

  it("hold entries of key and value", () => {
    expect(read({ a: map }, "<r><a><entry><key>k</key><value>v</value></entry></a></r>")).toEqual({ a: { k: "v" } });
    expect(read({ a: map }, "<r><a/></r>")).toEqual({ a: {} });
  });

  it("may have other names in their entries, and any order", () => {
    const renamed = {
      ...map,
      key: { ...string, xmlName: "K" },
      value: { ...string, xmlName: "V" },
    };
    expect(read({ a: renamed }, "<r><a><entry><V>v</V><K>k</K></entry></a></r>")).toEqual({ a: { k: "v" } });
  });

  it("are spread over their parent where they are flattened", () => {
    const entry = (key: string): string => `<a><key>${key}</key><value>v</value></a>`;
    expect(read({ a: { ...map, xmlFlattened: true } }, `<r>${entry("k")}${entry("l")}</r>`)).toEqual({
      a: { k: "v", l: "v" },
    });
  });

  it("leave out entries without a key or a value", () => {
    expect(
      read({ a: map }, "<r><a><entry><key>k</key></entry><entry><value>v</value></entry><entry/></a></r>"),
    ).toEqual({ a: {} });
  });

  it("keep keys that every object inherits", () => {
    const values = read({ a: map }, "<r><a><entry><key>__proto__</key><value>v</value></entry></a></r>");
    expect(Object.entries((values as { a: object }).a)).toEqual([["__proto__", "v"]]);
  });
});

describe("unions", () => {
  const Choice$: UnionShape = {
    type: "union",
    name: "Choice",
    members: {
      text: string,
      all: { type: "list", member: string, xmlFlattened: true },
      again: { target: () => Choice$ },
    },
  };
  const choice = (document: string): unknown =>
    (read({ a: { target: Choice$ } }, `<r><a>${document}</a></r>`) as { a: unknown }).a;

  it("have the member that is set", () => {
    expect(choice("<text>1</text>")).toEqual({ text: "1" });
    expect(choice("<again><text>1</text></again>")).toEqual({ again: { text: "1" } });
    expect(choice("<all>1</all><all>2</all>")).toEqual({ all: ["1", "2"] });
    expect(choice("")).toEqual({});
  });

  it("show a member that the model does not know", () => {
    expect(choice("<newer>1</newer>")).toEqual({ $unknown: ["newer", "1"] });
    expect(choice("<newer><deep>1</deep></newer>")).toEqual({ $unknown: ["newer", "<deep>1</deep>"] });
  });

  it("with two members are a mismatch", () => {
    expect(() => choice("<text>1</text><again/>")).toThrow("Choice should be one of its members, not text and again");
  });
});

it("recursive shapes are read as deep as the document is", () => {
  const Node$: StructureShape = { type: "structure", name: "Node", members: { child: { target: () => Node$ } } };
  const depth = 499;
  let value = readAs(Node$, `<r>${"<child>".repeat(depth)}${"</child>".repeat(depth)}</r>`);
  let found = 0;
  while (Object.keys(value as object).length > 0) {
    value = (value as { child: unknown }).child;
    found++;
  }
  expect(found).toBe(depth);
});
