// The least that the work of a call can cost: a signed request over undici, and what is done to its bytes natively or by the
// fastest library there is. XML and CBOR are read only, without a call: the libraries read into nothing.
import { decode } from "cborg";
import { Parser } from "htmlparser2";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { SaxesParser } from "saxes";
import * as txml from "txml";
import { Agent } from "undici";
import { scenarios } from "../../support/scenarios.mjs";
import { sign } from "../../support/sign.mjs";
import { chunksOf, readChunks } from "../../support/streams.mjs";

// Its types are written for bundlers.
const { parse } = /** @type {{ parse(text: string): unknown }} */ (/** @type {unknown} */ (txml));

/** @import { Scenario } from "../../support/types.d.ts" */

/** @type {import("../../support/types.d.ts").ScenarioContestant["open"]} */
export async function open(endpoint, name, variant) {
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`no scenario ${name}`);
  const { floor, response } = scenario;
  const bytes = Buffer.from(response.body);
  if (floor === "xml") return { call: tokenizer(variant, bytes), close: async () => {} };
  if (floor === "cbor") {
    const tags = { 1: (/** @type {() => unknown} */ content) => content() };
    return { call: async () => void decode(bytes, { tags }), close: async () => {} };
  }
  return overUndici(endpoint, scenario);
}

/**
 * @param {string} library
 * @param {Buffer} bytes
 */
function tokenizer(library, bytes) {
  let count = 0;
  const add = () => void count++;
  if (library === "saxes") {
    return async () => {
      const parser = new SaxesParser({ xmlns: false, position: false });
      parser.on("opentag", add);
      parser.on("text", add);
      parser.on("closetag", add);
      parser.write(bytes.toString()).close();
    };
  }
  if (library === "txml") return async () => void parse(bytes.toString());
  return async () => {
    const parser = new Parser({ onopentag: add, ontext: add, onclosetag: add }, { xmlMode: true });
    parser.write(bytes.toString());
    parser.end();
  };
}

/**
 * @param {string} origin
 * @param {Scenario} scenario
 */
function overUndici(origin, { floor, input, sends }) {
  const agent = new Agent({ connections: 128 });
  const { host } = new URL(origin);
  const sent = /** @type {{ Body?: Uint8Array, Payload?: Uint8Array }} */ (input);
  const wire = JSON.parse(JSON.stringify(input, (_, value) => (value?.type === "Buffer" ? "YmJi".repeat(11) : value)));
  return {
    async call() {
      const body = sends ? undefined : (sent.Body ?? sent.Payload ?? JSON.stringify(wire));
      const headers = sign(host, "Bench", body ?? "");
      if (floor === "digests" && body instanceof Uint8Array) {
        Object.assign(headers, { "x-amz-checksum-crc32": crc32(body).toString(16) });
      }
      const { statusCode, body: read } = await agent.request({
        origin,
        method: floor === "stream" ? "GET" : "POST",
        path: "/",
        headers: sends ? { ...headers, "content-length": String(sends.chunk * sends.chunks) } : headers,
        body: floor === "stream" ? null : sends ? Readable.from(checked(chunksOf(sends))) : (body ?? null),
      });
      if (statusCode !== 200) throw new Error(`status ${statusCode}`);
      if (floor === "stream") return readChunks(read);
      const bytes = await read.bytes();
      if (floor !== "json") return;
      for (const { token } of JSON.parse(Buffer.from(bytes).toString()).Items ?? [])
        token.B = Buffer.from(token.B, "base64");
    },
    close: () => agent.close(),
  };
}

/** A checksum that comes after its body. @param {AsyncIterable<Uint8Array>} chunks */
async function* checked(chunks) {
  let sum = 0;
  for await (const chunk of chunks) {
    sum = crc32(chunk, sum);
    yield chunk;
  }
}
