import { expect, it } from "vitest";
import { XmlCursor } from "#runtime/protocols/xml/cursor.js";
import { XmlReader } from "#runtime/protocols/xml/read.js";
import { XmlWriter } from "#runtime/protocols/xml/write.js";
import type { Member, StructureShape, UnionShape } from "#runtime/schema/shapes.js";
import { canonicalXml } from "../../../../conformance/support/xml.js";
import * as fc from "../../../../support/fast-check.js";

const string = { type: "string" } as const;
const Choice$: UnionShape = {
  type: "union",
  name: "Choice",
  members: { text: string, dates: { type: "list", member: { type: "timestamp" } }, child: { target: () => All$ } },
};
const All$: StructureShape = {
  type: "structure",
  name: "All",
  members: {
    text: { ...string, xmlName: "p:Text" },
    id: { ...string, xmlAttribute: true, xmlName: "xsi:id" },
    at: { type: "timestamp", xmlAttribute: true },
    count: { type: "integer" },
    ratio: { type: "double" },
    huge: { type: "bigInteger" },
    epoch: { type: "timestamp", timestampFormat: "epoch-seconds" },
    bytes: { type: "blob" },
    list: { type: "list", member: { type: "list", member: string } },
    flat: { type: "list", member: { target: Choice$ }, xmlFlattened: true, xmlName: "item" },
    map: { type: "map", key: string, value: { type: "list", member: { type: "blob" } } },
    flatMap: { type: "map", key: { ...string, xmlName: "K" }, value: string, xmlFlattened: true },
    choice: { target: Choice$, xmlNamespace: { uri: "urn:x", prefix: "x" } },
    child: { target: () => All$ },
  } satisfies Record<string, Member>,
};

/** All texts that XML can say: half of them anything at all, half of what needs care. */
const text = fc
  .oneof(
    fc.string({ unit: fc.codePoint }),
    fc.string({ unit: fc.constantFrom(..."&<>\"'\r\n\t\u0001\u0085\u2028 ]a") }),
  )
  .map((each) => each.replaceAll(/[\0\uFFFE\uFFFF]/g, ""));
const date = fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
const bytes = fc.uint8Array({ maxLength: 8 });
/** Values nest, so that long lists would make documents of a hundred kilobytes, which show no more. */
const few = { maxLength: 3, maxKeys: 3 };

const { all } = fc.letrec((tie) => ({
  all: fc.record(
    {
      text,
      id: text,
      at: date,
      count: fc.integer(),
      // The sign of zero is lost, as in JSON.
      ratio: fc.double().map((each) => each + 0),
      huge: fc.bigInt(),
      epoch: date,
      bytes,
      list: fc.array(fc.array(text, few), few),
      flat: fc.array(tie("choice"), { minLength: 1, maxLength: 2 }),
      map: fc.dictionary(text, fc.array(bytes, few), few),
      flatMap: fc.dictionary(text, text, { ...few, minKeys: 1 }),
      choice: tie("choice"),
      child: tie("all"),
    },
    { requiredKeys: [] },
  ),
  choice: fc.oneof(
    { depthSize: "small" },
    fc.record({ text }),
    fc.record({ dates: fc.array(date, few) }),
    fc.record({ child: tie("all") }),
  ),
}));

const writer = new XmlWriter();
const reader = new XmlReader();
const root = { name: "All", namespace: { uri: "urn:all" } };

it("what is written is read again", () => {
  fc.assert(
    fc.property(all, (value) => {
      const document = writer.write(All$, value as object, root);
      const xml = new XmlCursor(document);
      xml.root();
      expect(reader.readOf(All$)(xml)).toEqual(value);
      xml.end();
    }),
  );
});

it("output is well-formed for other parsers, with the same content", () => {
  const shape: StructureShape = {
    type: "structure",
    name: "S",
    members: { text: string, id: { ...string, xmlAttribute: true } },
  };
  const sayable = text.map((each) => each.replaceAll(/(?![\t\n\r\x7F-\x9F])\p{Control}/gu, ""));
  fc.assert(
    fc.property(sayable, sayable, (content, id) => {
      expect(canonicalXml(writer.write(shape, { text: content, id }, { name: "s" }))).toEqual({
        name: "s",
        attributes: { id },
        children: [{ name: "text", attributes: {}, children: content === "" ? [] : [content] }],
      });
    }),
  );
});
