/**
 * Readers fed with mutated bytes. `CLIENTSMITH_FUZZ=100000` sets the number of inputs of all formats together, `CLIENTSMITH_FUZZ_SEED`
 * leads to others.
 */
import { encode, Tagged } from "cborg";
import { bigIntEncoder } from "cborg/taglib";
import { describe, expect, it, vi } from "vitest";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import { decodeCbor } from "#runtime/protocols/cbor/decode.js";
import { CborReader } from "#runtime/protocols/cbor/read.js";
import { readJsonError } from "#runtime/protocols/json/error.js";
import { JsonReader } from "#runtime/protocols/json/read.js";
import { rpcv2Cbor } from "#runtime/protocols/rpcv2Cbor/index.js";
import { codesOfBytes } from "#runtime/protocols/xml/codes.js";
import { XmlCursor } from "#runtime/protocols/xml/cursor.js";
import { XmlReader } from "#runtime/protocols/xml/read.js";
import { restXml } from "#runtime/protocols/restXml/index.js";
import { awsQuery } from "#runtime/protocols/awsQuery/index.js";
import { ec2Query } from "#runtime/protocols/ec2Query/index.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import type { Member, StructureShape, UnionShape } from "#runtime/schema/shapes.js";
import { decodeUtf8 } from "#runtime/text/bytes.js";
import { decodeCbor as decodeBefore } from "../../../support/before/cbor-decode.js";
import { readCbor } from "../../../support/cbor-reference.js";
import { parseXml } from "../../../support/before/xml-parse.js";
import { XmlReader as ReaderBefore } from "../../../support/before/xml-read.js";
import { mutate, randomFrom } from "../../../support/mutate.js";

const inputs = Number(process.env["CLIENTSMITH_FUZZ"] ?? 12_000);
const seed = Number(process.env["CLIENTSMITH_FUZZ_SEED"] ?? 1);

vi.setConfig({ testTimeout: 600_000 });

const string = { type: "string" } as const;
const Kind$: UnionShape = { type: "union", name: "Kind", members: { a: string, b: { type: "blob" } } };
const Book$: StructureShape = {
  type: "structure",
  name: "Book",
  members: {
    id: { ...string, xmlAttribute: true },
    title: string,
    count: { type: "integer" },
    price: { type: "double" },
    huge: { type: "bigInteger" },
    sold: { type: "boolean" },
    at: { type: "timestamp" },
    names: { type: "list", member: string },
    flat: { type: "list", member: { type: "integer" }, xmlFlattened: true },
    dates: { type: "list", member: { type: "timestamp" } },
    tags: { type: "map", key: string, value: string, xmlFlattened: true },
    notes: { type: "map", key: string, value: { type: "list", member: string } },
    kind: { target: Kind$ },
    next: { target: () => Book$ },
  } satisfies Record<string, Member>,
};
const operation: Operation = {
  name: "Get",
  input: Book$,
  output: Book$,
  http: { method: "GET", uri: "/", code: 200 },
};
const service = { name: "Store", shapeName: "Store", version: "1" } as unknown as Service;

/** What comes of reading: a value, or that there is none. Anything but the two errors of readers is thrown on. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ResponseMismatch) return "none";
    throw error;
  }
}

/** Calls `check` with mutations of the documents, `share` of all inputs. */
function forMutations(
  documents: readonly (string | Uint8Array)[],
  pieces: readonly (string | Uint8Array)[],
  share: number,
  check: (bytes: Uint8Array) => void,
): void {
  const random = randomFrom(seed);
  const bytesOf = (each: string | Uint8Array): Uint8Array => (typeof each === "string" ? Buffer.from(each) : each);
  const from = documents.map(bytesOf);
  const put = pieces.map(bytesOf);
  for (let index = 0; index < inputs * share; index++) {
    const bytes = mutate(from[index % from.length] ?? new Uint8Array(), put, random);
    try {
      check(bytes);
    } catch (error) {
      throw new Error(
        `input ${index} of seed ${seed}: ${JSON.stringify(decodeUtf8(bytes))} (${Buffer.from(bytes).toString("hex")})`,
        { cause: error },
      );
    }
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
}

describe("XML", () => {
  const content =
    "<title>a&amp;b &#233;&#x1F600;</title><count>1</count><price>1.5e3</price><huge>-12345678901234567890</huge><sold>true</sold>" +
    "<at>2020-01-08T00:00:00Z</at><names><member>x</member><member/></names><flat>1</flat><flat>2</flat><tags><key>k</key><value>v</value></tags>" +
    "<notes><entry><key>n</key><value><member>y</member></value></entry></notes><kind><a>x</a></kind><next id='2'><count>2</count><other><x/></other></next>";
  const documents = [
    `<?xml version="1.0" encoding="UTF-8"?>\n<Book xmlns="urn:x" id="1">${content}</Book>`,
    `<!-- c --><x:Book x:id="1">\r\n  ${content.replaceAll("><", ">\n  <")}\n</x:Book>\n<?p q?>`,
    `<!DOCTYPE Book [<!ENTITY e "f">]><Book><title>1<![CDATA[<2>&amp;]]><!-- 3 -->4<?p ?></title></Book>`,
  ];
  const pieces = [
    "<",
    ">",
    "/",
    "&",
    '"',
    "'",
    "=",
    " ",
    "\r",
    "]]>",
    "<!--",
    "-->",
    "--",
    "<![CDATA[",
    "</next>",
    "<tags>",
    "<flat/>",
  ].concat([
    "&lt;",
    "&#0;",
    "&#x9;",
    "<__proto__>",
    "<constructor/>",
    ' x:id="b"',
    "<a:names>",
    "<!DOCTYPE a [",
    "]>",
    "<?b?>",
    "<?xml ?>",
    "<html>",
  ]);

  /** Characters that only the reader of today takes, as such as either takes: the rest of the document is to be read the same. */
  const forBefore = (text: string): string =>
    text.replaceAll(/[^\P{Control}\t\n\r]|[\u2028\uFFFE\uFFFF]/gu, (each) => standIn(each.charCodeAt(0)));
  const standIn = (code: number): string => String.fromCharCode(0xe000 + (code & 0xfff));
  const reader = new XmlReader();
  const before = new ReaderBefore();
  const encoder = new TextEncoder();
  const read = (text: string): unknown => {
    const xml = new XmlCursor(text, codesOfBytes(encoder.encode(text), text));
    xml.root();
    const value = reader.readOf(Book$)(xml);
    xml.end();
    return value;
  };

  it("is read as the reader before read it", () => {
    let values = 0;
    forMutations(documents, pieces, 0.3, (bytes) => {
      const text = forBefore(decodeUtf8(bytes));
      const outcome = outcomeOf(() => read(text));
      const expected = outcomeOf(() => before.readOf(Book$)(parseXml(text)));
      // In a document type, which either skips, they differ in what they take for its end where it is broken.
      if (!text.includes("<!DOCTYPE") || (outcome !== "none" && expected !== "none")) {
        expect(textOf(outcome)).toBe(textOf(expected));
      }
      if (outcome !== "none") values++;
    });
    // Mutations that break everything would show nothing.
    expect(values).toBeGreaterThan(inputs * 0.03);
  });

  it.each([restXml, awsQuery, ec2Query])("returns a value, an error or nothing, in $id", async (protocol) => {
    const codec = protocol.compile(operation, service);
    const errors: Promise<unknown>[] = [];
    const wrapped = documents.map((each) => each.replaceAll("Book", "GetResponse").replace("<title>", "<Error><Code>"));
    forMutations([...documents, ...wrapped], pieces, 0.1, (bytes) => {
      const response = { status: 200, headers: {}, body: bytes };
      codec.isLateError?.(response);
      codec.requestIdIn?.(response);
      outcomeOf(() => codec.readOutput(response));
      errors.push(codec.readError(response));
    });
    await Promise.all(errors);
  });
});

/** JSON of an outcome. A member that the model does not know is its text or markup today, and was a tree. */
function textOf(outcome: unknown): string {
  return JSON.stringify(outcome, (key, value: unknown) =>
    key === "$unknown" ? "unknown" : typeof value === "bigint" ? `${value}n` : value,
  );
}

describe("CBOR", () => {
  const book = {
    title: "ä",
    count: 1,
    price: 1.5,
    huge: 2n ** 70n,
    sold: true,
    at: new Tagged(1, 1.5),
    names: ["x", ""],
    flat: [1.5, 2.5, 3, NaN, null, 2 ** 31, 0.1],
    dates: [new Tagged(1, 1.5), new Tagged(1, 1_700_000_000), 2.5],
    tags: { k: "v", __proto__x: "w" },
    kind: { b: new Uint8Array([1, 2, 3]) },
    next: { count: -300, price: -0.1, other: [null, undefined, [], {}] },
  };
  const documents = [
    encode(book, { float64: true, typeEncoders: { bigint: bigIntEncoder } }),
    encode(book, { typeEncoders: { bigint: bigIntEncoder } }),
    Buffer.from("bf657469746c657f6161626263ff656e616d65739f6178ff646b696e64bf61625f41014102ffff646e657874a0ff", "hex"),
    Buffer.from(
      "a264666c61749f01fb3ff80000000000001a80000000f6fb3ff8000000000000ff65646174657382c11a65000000c1fb3ff8000000000000",
      "hex",
    ),
    Buffer.from("a36568756765c3490100000000000000006270f97bff637072c48221196ab3", "hex"),
  ];
  const pieces = [
    "ff",
    "9f",
    "bf",
    "5f",
    "7f",
    "80",
    "a0",
    "c1",
    "c2",
    "c4",
    "f6",
    "f7",
    "fb",
    "1bffffffffffffffff",
    "3bffffffffffffffff",
  ]
    .concat(["d9d9f7", "9b", "7b", "f93c00", "695f5f70726f746f5f5f01"])
    .map((hex) => Buffer.from(hex, "hex"));

  it("is decoded as the decoder before did", () => {
    let values = 0;
    forMutations(documents, pieces, 0.3, (bytes) => {
      const outcome = outcomeOf(() => decodeCbor(bytes));
      expect(outcome).toEqual(outcomeOf(() => decodeBefore(bytes)));
      if (outcome !== "none") values++;
    });
    expect(values).toBeGreaterThan(inputs * 0.03);
  });

  it("is read as decoded values are by the model", () => {
    const reader = new CborReader();
    let values = 0;
    forMutations(documents, pieces, 0.3, (bytes) => {
      const outcome = outcomeOf(() => reader.read(Book$, bytes));
      const expected = outcomeOf(() => readCbor(Book$, bytes));
      // Of a key that occurs twice, which is invalid (RFC 8949, section 5.6), the reader reads both values.
      if (!hasRepeatedKey(bytes)) expect(outcome).toEqual(expected);
      if (outcome !== "none") values++;
    });
    expect(values).toBeGreaterThan(inputs * 0.03);
  });

  it("returns a value, an error or nothing, in the protocol", async () => {
    const codec = rpcv2Cbor.compile(operation, service);
    const errors: Promise<unknown>[] = [];
    forMutations(documents, pieces, 0.1, (bytes) => {
      const response = { status: 200, headers: { "smithy-protocol": "rpc-v2-cbor" }, body: bytes };
      outcomeOf(() => codec.readOutput(response));
      errors.push(codec.readError(response));
    });
    await Promise.all(errors);
  });
});

function hasRepeatedKey(bytes: Uint8Array): boolean {
  try {
    decodeBefore(bytes, true);
    return false;
  } catch (error) {
    return error instanceof SyntaxError && String(error.cause).includes("repeat map key");
  }
}

it("JSON returns a value of the parsed one's members, an error or nothing", () => {
  const document =
    '{"title":"a\\u00e9","count":1,"price":"NaN","huge":12345678901234567890,"sold":true,"at":1.5,"names":["x",null],' +
    '"tags":{"k":"v"},"kind":{"b":"AQI="},"next":{"count":2,"other":{"__proto__":1}}}';
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "null",
    "-",
    "1e999",
    '"__proto__":',
    "\\ud800",
    "[[[[",
    '{"a":',
  ];
  const reader = new JsonReader({ jsonName: false, timestampFormat: "epoch-seconds" });
  forMutations([document], pieces, 0.1, (body) => {
    const response = { status: 200, headers: {}, body };
    const outcome = outcomeOf(() => reader.readBody(Book$, response)) as { value?: object } | "none";
    if (outcome !== "none" && outcome.value) {
      const parsed = Object.keys(JSON.parse(decodeUtf8(body)) as object);
      expect(parsed).toEqual(expect.arrayContaining(Object.keys(outcome.value)));
      expect(Object.keys(Book$.members)).toEqual(expect.arrayContaining(Object.keys(outcome.value)));
    }
    readJsonError(response, [], reader);
  });
});
