import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { startLocalService } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { exchange } from "../../conformance/support/exchange.js";
import { modelIn, withoutAuth } from "../../conformance/support/server-suite.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";

const deep = 200_000;
const long = 15_000_000;

const big = 200_000_000;

const text = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

/** What is wrong with a body, the body, and the error that it gets; undefined for a body that is accepted. */
type Case = readonly [what: string, body: Buffer, error?: string, encoding?: string];

const invalid = "SerializationException";

const json: readonly Case[] = [
  ["arrays without end", text("[".repeat(deep)), invalid],
  ["a deep structure", text('{"tree":', '{"inner":'.repeat(deep), "{}", "}".repeat(deep + 1)), invalid],
  ["a deep unknown value", text('{"other":', "[".repeat(deep), "]".repeat(deep), "}"), invalid],
  ["a long text", text('{"tree":{"name":"', "x".repeat(long), '"}}')],
  ["a long text with escapes", text('{"tree":{"name":"', String.raw`text\n`.repeat(long / 8), '"}}')],
  ["a long text of escapes", text('{"tree":{"name":"', String.raw`\n`.repeat(8_200_000), '"}}'), invalid],
  ["texts with quotes and digits", text(String.raw`{"tree":{"name":"\\\"1.50\\"},"count":9007199254740993}`)],
  ["names that every object has", text('{"__proto__":{"tree":1},"notes":{"__proto__":"x","constructor":"y"}}')],
  ["a byte order mark", text([0xef, 0xbb, 0xbf], "{}"), invalid],
  ["two values", text("{} {}"), invalid],
  ["null", text("null"), invalid],
  ["a date out of range", text('{"at":1e400}'), invalid],
  ["a union with two members", text('{"choice":{"text":"a","number":1}}'), invalid],
  ["a number that is too long", text('{"count":9223372036854775808}'), invalid],
];

const form: readonly Case[] = [
  ["no percent encoding", text("Action=Put&a=%zz"), invalid],
  ["a deep key", text("Action=Put&tree", ".inner".repeat(deep), ".name=x"), invalid],
  ["a deep key of EC2", text("Action=Put&Tree", ".Inner".repeat(deep), ".Name=x"), invalid],
  ["names that every object has", text("Action=Put&__proto__.a=1&constructor=1&tree.__proto__=1")],
  ["separators only", text("Action=Put&&&==&=&")],
  ["a large index", text("Action=Put&names.member.99999999999999999999=x&Names.99999999999999999999=x")],
  ["a union with two members", text("Action=Put&choice.text=a&choice.number=1&Choice.Text=a&Choice.Number=1"), invalid],
  ["no action", text("a=1"), "InvalidAction"],
];

const xml: readonly Case[] = [
  ["elements without end", text("<PutInput>", "<tree><inner>".repeat(deep)), invalid],
  [
    "deep elements",
    text("<PutInput><tree>", "<inner>".repeat(deep), "</inner>".repeat(deep), "</tree></PutInput>"),
    invalid,
  ],
  ["an entity", text('<!DOCTYPE a [<!ENTITY b "c">]><PutInput><tree><name>&b;</name></tree></PutInput>'), invalid],
  ["another root", text("<Other/>"), invalid],
  ["invalid base64", text("<PutInput><data>!</data></PutInput>"), invalid],
  ["an invalid date", text("<PutInput><at>today</at></PutInput>"), invalid],
  ["a long number", text("<PutInput><count>9007199254740993</count></PutInput>")],
];

const name = (length: number, of: string): Buffer => text([0x60 + length], of);

const cbor: readonly Case[] = [
  ["deep arrays", text([...Array<number>(deep).fill(0x81), 0]), invalid],
  [
    "a deep structure",
    Buffer.concat([
      text([0xa1]),
      name(4, "tree"),
      ...Array<Buffer>(deep).fill(Buffer.concat([text([0xa1]), name(5, "inner")])),
      text([0xa0]),
    ]),
    invalid,
  ],
  ["a length beyond its end", text([0xbb, 255, 255, 255, 255, 255, 255, 255, 255]), invalid],
  ["two values", text([0xa0, 0xa0]), invalid],
  ["no map", text([0x80]), invalid],
  ["no end", text([0xbf]), invalid],
  ["a text for a number", Buffer.concat([text([0xa1]), name(5, "count"), text([0x61, 0x61])]), invalid],
];

const compressed: readonly Case[] = [
  ["gzip of far more bytes", gzipSync(Buffer.alloc(big, "a")), "RequestEntityTooLargeException", "gzip"],
  ["no gzip", text("hello"), invalid, "gzip"],
];

const jsonRpc = { "x-amz-target": "Store.Put" };

describe.each([
  ["awsJson1_0", "application/x-amz-json-1.0", "/", jsonRpc, json],
  ["awsJson1_1", "application/x-amz-json-1.1", "/", jsonRpc, json],
  ["awsQuery", "application/x-www-form-urlencoded", "/", {}, form],
  ["ec2Query", "application/x-www-form-urlencoded", "/", {}, form],
  ["restJson1", "application/json", "/put", {}, json],
  ["restXml", "application/xml", "/put", {}, xml],
  ["rpcv2Cbor", "application/cbor", "/service/Store/operation/Put", { "smithy-protocol": "rpc-v2-cbor" }, cbor],
] as const)("bodies over %s", (protocol, contentType, target, more, cases) => {
  it("are accepted, or rejected as the specification states, and no handler is called in vain", async () => {
    const { folder } = await generateClient(join(root, "test/fixtures/store/model.smithy"), {
      protocol,
    });
    const bugs: unknown[] = [];
    let calls = 0;
    const local = await startLocalService({
      service: withoutAuth(await modelIn(folder)),
      handlers: { put: () => ({ size: ++calls }) } as object,
      onError: (error) => bugs.push(error),
    });
    onTestFinished(() => local.close());
    for (const [what, body, error, encoding] of [...cases, ...compressed]) {
      const before = calls;
      const headers = { ...more, "content-type": contentType, ...(encoding && { "content-encoding": encoding }) };
      const { status } = await exchange(local.endpoint, { method: "POST", target, headers, body });
      expect([what, local.requests.at(-1)?.error, calls - before]).toEqual([what, error, error === undefined ? 1 : 0]);
      const expected = error === undefined ? 200 : error === "RequestEntityTooLargeException" ? 413 : 400;
      expect([what, status]).toEqual([what, expected]);
    }
    expect(bugs).toEqual([]);
  }, 60_000);
});
