import { describe, expect, it } from "vitest";
import { awsQuery } from "#runtime/protocols/awsQuery/index.js";
import { ec2Query } from "#runtime/protocols/ec2Query/index.js";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import type { Member, StructureShape } from "#runtime/schema/shapes.js";
import * as fc from "../../../../support/fast-check.js";

const text: Member = { type: "string" };
const tags: Member = { type: "map", key: { type: "string" }, value: text };
const node: StructureShape = {
  type: "structure",
  name: "Node",
  members: {
    tags,
    names: { type: "list", member: text },
    at: { type: "timestamp" },
    data: { type: "blob" },
    count: { type: "integer" },
    next: { target: () => node },
  },
};
const operation: Operation = { name: "Put", input: node, output: node };
const service = { name: "Store", version: "2020-01-08" } as unknown as Service;
const both = [
  ["awsQuery", awsQuery.compile(operation, service)],
  ["ec2Query", ec2Query.compile(operation, service)],
] as const;

const unicode = fc.string({ unit: fc.codePoint });

describe.each(both)("%s", (name, codec) => {
  it("sends every text so that a reader of forms gets it back, whatever is in it", () => {
    fc.assert(
      fc.property(fc.array(unicode, { minLength: 1 }), fc.dictionary(unicode, unicode), (names, map) => {
        const form = new URLSearchParams(String(codec.serialize({ names, tags: map }).body));
        const found = [...form].slice(2).map(([, value]) => value);
        expect(found.toSorted()).toEqual([...names, ...Object.entries(map).flat()].toSorted());
        expect([...form.keys()].filter((key) => !/^(Action|Version|[nN]ames|[tT]ags)\b[\w.]*$/.test(key))).toEqual([]);
      }),
    );
  });

  it("reads a damaged response, or rejects it, but fails in no other way", async () => {
    const members =
      "<count>1</count><at>2020-01-08T00:00:00Z</at><data>YQ==</data><names><member>a&amp;b</member></names>" +
      "<tags><entry><key>k</key><value>v</value></entry></tags><next><count>2</count></next>";
    const inside = name === "awsQuery" ? `<PutResult>${members}</PutResult>` : members;
    const whole = `<?xml version="1.0"?><PutResponse xmlns="http://x">${inside}<requestId>r</requestId></PutResponse>`;
    const pieces = fc.oneof(
      fc.constantFrom("<", ">", "/", "&", '"', "]]>", "<!--", "<![CDATA[", "<PutResult>", "</next>", "&#0;", "x"),
      fc.constantFrom("<__proto__>", "<constructor/>", ' xmlns:a="b"', "<a:names>", "<!DOCTYPE a>", "<?b?>", "\0"),
      unicode,
    );
    const damage = fc.tuple(fc.nat(whole.length), fc.nat(20), pieces);
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        let damaged = whole;
        for (const [at, length, piece] of damages) damaged = damaged.slice(0, at) + piece + damaged.slice(at + length);
        const response = { status: 200, headers: {}, body: new TextEncoder().encode(damaged) };
        try {
          expect(Object.keys(node.members)).toEqual(expect.arrayContaining(Object.keys(codec.readOutput(response))));
        } catch (error) {
          if (!(error instanceof SyntaxError) && !(error instanceof ResponseMismatch)) throw error;
        }
        expect(await codec.readError(response)).toMatchObject({ members: {} });
        expect(codec.requestIdIn?.(response) ?? "r").toBeTypeOf("string");
      }),
      { numRuns: 500 },
    );
  });
});
