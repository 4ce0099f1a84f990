import { expect, it } from "vitest";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import { restXml } from "#runtime/protocols/restXml/index.js";
import type { Service } from "#runtime/schema/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";
import * as fc from "../../../../support/fast-check.js";
import { response } from "../http/support.js";

const string = { type: "string" } as const;
const Book$: StructureShape = {
  type: "structure",
  name: "Book",
  members: {
    id: { ...string, xmlAttribute: true },
    count: { type: "integer" },
    at: { type: "timestamp" },
    names: { type: "list", member: string },
    tags: { type: "map", key: string, value: string, xmlFlattened: true },
    kind: { target: { type: "union", name: "Kind", members: { a: string, b: { type: "blob" } } } },
    next: { target: () => Book$ },
  },
};
const operation = { name: "Get", input: Book$, output: Book$, http: { method: "GET", uri: "/", code: 200 } };
const codec = restXml.compile(operation, {} as Service);

const whole =
  '<?xml version="1.0"?><Book xmlns="urn:x" id="1"><count>1</count><at>2020-01-08T00:00:00Z</at><names><member>a&amp;b</member>' +
  "</names><tags><key>k</key><value>v</value></tags><kind><a>x</a></kind><next><count>2</count></next></Book>";

const piece = fc.oneof(
  fc.constantFrom("<", ">", "/", "&", '"', "]]>", "<!--", "<![CDATA[", "</next>", "<tags>", "&#0;", "&#x1;", "<html>"),
  fc.constantFrom("<__proto__>", "<constructor/>", ' x:id="b"', "<a:names>", "<!DOCTYPE a [", "<?b?>", "\0", "\uFEFF"),
  fc.string({ unit: fc.codePoint, maxLength: 5 }),
);
const damage = fc.tuple(fc.nat(whole.length), fc.nat(30), piece);

it("reads a damaged response, or rejects it, but fails in no other way", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
      let text = whole;
      for (const [at, length, inserted] of damages) text = text.slice(0, at) + inserted + text.slice(at + length);
      try {
        expect(Object.keys(Book$.members)).toEqual(
          expect.arrayContaining(Object.keys(codec.readOutput(response(text)))),
        );
      } catch (error) {
        if (!(error instanceof SyntaxError || error instanceof ResponseMismatch)) throw error;
      }
      await codec.readError(response(text, {}, 500));
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
