import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EventStreamCodec, Int64, type MessageHeaders } from "@smithy/eventstream-codec";
import { describe, expect, it } from "vitest";
import { MessageDecoder } from "#runtime/event-streams/decoder.js";
import { encodeMessage } from "#runtime/event-streams/encode.js";
import { type EventHeader, type EventMessage, MalformedMessage } from "#runtime/event-streams/message.js";
import * as fc from "../../../support/fast-check.js";
import { sharedPath } from "../../../support/shared.js";

const official = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString("utf8"),
  (text) => Buffer.from(text, "utf8"),
);

/** All messages of a stream in chunks. */
function decode(...chunks: readonly Uint8Array[]): EventMessage[] {
  const decoder = new MessageDecoder();
  const messages: EventMessage[] = [];
  for (const chunk of chunks) {
    decoder.push(chunk);
    for (let message = decoder.next(); message; message = decoder.next()) messages.push(message);
  }
  decoder.end();
  return messages;
}

const header: fc.Arbitrary<EventHeader> = fc.oneof(
  fc.record({ type: fc.constant("boolean" as const), value: fc.boolean() }),
  fc.record({ type: fc.constant("byte" as const), value: fc.integer({ min: -128, max: 127 }) }),
  fc.record({ type: fc.constant("short" as const), value: fc.integer({ min: -32_768, max: 32_767 }) }),
  fc.record({ type: fc.constant("integer" as const), value: fc.integer() }),
  fc.record({ type: fc.constant("long" as const), value: fc.maxSafeInteger() }),
  fc.record({ type: fc.constant("binary" as const), value: fc.uint8Array() }),
  fc.record({ type: fc.constant("string" as const), value: fc.string() }),
  fc.record({
    type: fc.constant("timestamp" as const),
    value: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
  }),
  fc.record({ type: fc.constant("uuid" as const), value: fc.uuid() }),
);
const message: fc.Arbitrary<EventMessage> = fc.record({
  headers: fc.dictionary(fc.string({ minLength: 1, maxLength: 60 }), header, { noNullPrototype: true }),
  payload: fc.uint8Array({ maxLength: 300 }),
});

/** The headers as the official codec has them. */
function officialHeaders(headers: EventMessage["headers"]): MessageHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, { type, value }]) => [
      name,
      { type, value: type === "long" ? Int64.fromNumber(Number(value)) : value } as MessageHeaders[string],
    ]),
  );
}

describe("messages of event streams", () => {
  it("are encoded as the official codec does", () => {
    fc.assert(
      fc.property(message, ({ headers, payload }) => {
        const wanted = official.encode({ headers: officialHeaders(headers), body: payload });
        expect(Buffer.from(encodeMessage({ headers, payload })).equals(Buffer.from(wanted))).toBe(true);
      }),
    );
  });

  it("are decoded from chunks that are cut anywhere", () => {
    fc.assert(
      fc.property(fc.array(message), fc.array(fc.nat()), (messages, cuts) => {
        const bytes = Buffer.concat(messages.map((each) => encodeMessage(each)));
        const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
        const chunks = [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.length));
        expect(decode(...chunks).map(({ headers, payload }) => ({ headers, payload: [...payload] }))).toEqual(
          messages.map(({ headers, payload }) => ({ headers, payload: [...payload] })),
        );
      }),
    );
  });

  it("have long headers beyond 2^53", () => {
    const headers = { long: { type: "long", value: 2n ** 62n } } as const;
    expect(decode(encodeMessage({ headers, payload: new Uint8Array() }))[0]?.headers).toEqual(headers);
  });

  it("are rejected for what they cannot represent", () => {
    const encode = (value: EventHeader) => () => encodeMessage({ headers: { name: value }, payload: new Uint8Array() });
    expect(encode({ type: "byte", value: 128 })).toThrow("the header name must be a whole number of 8 bits");
    expect(encode({ type: "integer", value: 0.5 })).toThrow(RangeError);
    expect(encode({ type: "uuid", value: "5fb2" })).toThrow("the header name must be a UUID");
    expect(encode({ type: "string", value: "x".repeat(32_768) })).toThrow("has 32768 bytes, of 32767 allowed");
    expect(() => encodeMessage({ headers: {}, payload: new Uint8Array(25_165_824) })).toThrow("of 25165824 allowed");
  });

  it("are rejected if any byte was changed, or the end is cut", () => {
    const bytes = encodeMessage({
      headers: { ":event-type": { type: "string", value: "chunk" } },
      payload: Buffer.from("payload"),
    });
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      expect(() => decode(changed), `byte ${at}`).toThrow(MalformedMessage);
      if (at > 0) expect(() => decode(bytes.subarray(0, at)), `cut at ${at}`).toThrow("ended within a message");
    }
  });

  it("are rejected before they are buffered if they are too large, or shorter than their headers", () => {
    const prelude = (length: number, headers: number): Uint8Array => {
      const bytes = encodeMessage({ headers: {}, payload: new Uint8Array() });
      const view = new DataView(bytes.buffer);
      view.setUint32(0, length);
      view.setUint32(4, headers);
      view.setUint32(8, crcOf(bytes.subarray(0, 8)));
      return bytes.subarray(0, 12);
    };
    expect(() => decode(prelude(25_165_825, 0))).toThrow("too large: 25165825 bytes");
    expect(() => decode(prelude(1_000_000, 131_073))).toThrow("too large");
    expect(() => decode(prelude(15, 0))).toThrow("a message of 15 bytes");
    expect(() => decode(prelude(20, 10))).toThrow("a message of 20 bytes, with headers of 10 bytes");
  });
});

function crcOf(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

interface DecodedCase {
  readonly headers: readonly { readonly name: string; readonly type: number; readonly value: unknown }[];
  readonly payload: string;
}

const suite = sharedPath("conformance/event-stream");
const positive = ["all_headers", "empty_message", "int32_header", "payload_no_headers", "payload_one_str_header"];
const negative = ["corrupted_header_len", "corrupted_headers", "corrupted_length", "corrupted_payload"];

describe.skipIf(!suite)("the public frames", () => {
  const encoded = (kind: string, name: string): Uint8Array => readFileSync(join(suite ?? "", "encoded", kind, name));
  const typeNames = "boolean boolean byte short integer long binary string timestamp uuid".split(" ");

  it.each(positive)("%s is decoded, and encoded again", (name) => {
    const bytes = encoded("positive", name);
    const wanted = JSON.parse(readFileSync(join(suite ?? "", "decoded/positive", name), "utf8")) as DecodedCase;
    const [found, ...others] = decode(bytes);
    expect(others).toEqual([]);
    const plain = (value: EventHeader): unknown => {
      if (value.type === "binary") return Buffer.from(value.value).toString("base64");
      if (value.type === "string") return Buffer.from(value.value).toString("base64");
      if (value.type === "uuid") return Buffer.from(value.value.replaceAll("-", ""), "hex").toString("base64");
      return value.type === "timestamp" ? value.value.getTime() : value.value;
    };
    expect(
      Object.entries(found?.headers ?? {}).map(([key, value]) => ({
        name: key,
        type: value.type,
        value: plain(value),
      })),
    ).toEqual(wanted.headers.map(({ name: key, type, value }) => ({ name: key, type: typeNames[type], value })));
    expect(Buffer.from(found?.payload ?? []).toString("base64")).toBe(wanted.payload ?? "");
    expect(Buffer.from(encodeMessage(found ?? { headers: {}, payload: new Uint8Array() })).equals(bytes)).toBe(true);
  });

  it.each(negative)("%s is rejected", (name) => {
    expect(() => decode(encoded("negative", name))).toThrow(MalformedMessage);
  });
});
