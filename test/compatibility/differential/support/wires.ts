import { type Ast, shapeOf } from "../../../conformance/support/model-values.js";
import { peer } from "../../../support/peers.js";
import type { ScriptedResponse } from "./calls.js";
import { boundToHttp } from "./http.js";
import { localName } from "./model.js";

type Body = string | Uint8Array | undefined;

/**
 * How a protocol says values, made without our runtime: what a request's body means, and what a service responds. Written
 * from the model itself, so that a mistake in the generated descriptors shows.
 */
export interface Wire {
  /** What two bodies have in common that say the same; the order of members and the sizes of numbers are free. */
  meaningOf(body: Body): unknown;
  /** The response that is a value of a shape; an error carries its name. */
  response(ast: Ast, id: string, value: object, status: number): ScriptedResponse;
  /** The response that is an error of which the model says nothing. */
  failure(name: string, message: string, status: number): ScriptedResponse;
}

/** Every member in a body of JSON, the error's name too. */
export function awsJson(contentType: string): Wire {
  const headers = { "content-type": contentType };
  return {
    meaningOf: (body) => JSON.parse(textOf(body)) as unknown,
    response: (_ast, id, value, status) => ({
      status,
      headers,
      body: jsonText({ ...(status >= 400 && { __type: id }), ...value }),
    }),
    failure: (name, message, status) => ({ status, headers, body: JSON.stringify({ __type: name, message }) }),
  };
}

/** Members where their HTTP bindings say, the rest in a body of JSON. */
export const restJson: Wire = {
  // What is no JSON is the payload of bytes.
  meaningOf: (body) => (textOf(body).startsWith("{") ? (JSON.parse(textOf(body)) as unknown) : bytesOf(body)),
  response: (ast, id, value, status) => {
    const { headers, members } = boundToHttp(ast, id, value);
    const payload = Object.entries(shapeOf(ast, id).members ?? {}).find(
      ([, { traits = {} }]) => "smithy.api#httpPayload" in traits,
    );
    return {
      status,
      headers: {
        "content-type": "application/json",
        ...(status >= 400 && { "x-amzn-errortype": `${localName(id)}:http://internal.example.com/` }),
        ...headers,
      },
      body: payload ? ((members[payload[0]] ?? "") as string | Uint8Array) : jsonText(members),
    };
  },
  failure: (name, message, status) => ({
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": name },
    body: JSON.stringify({ message }),
  }),
};

/** What v3 writes and reads CBOR with: nothing that our runtime has. */
interface OfficialCbor {
  readonly cbor: { serialize(value: unknown): Uint8Array; deserialize(bytes: Uint8Array): unknown };
  dateToTag(date: Date): unknown;
}

export async function rpcv2Cbor(): Promise<Wire> {
  const { cbor, dateToTag } = (await peer("@smithy/core/cbor")) as unknown as OfficialCbor;
  const headers = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };
  const encode = (value: object): Uint8Array =>
    // It writes into one buffer again and again.
    Uint8Array.from(cbor.serialize(mapped(value, (item) => (item instanceof Date ? dateToTag(item) : item))));
  return {
    meaningOf: (body) => (body === undefined ? undefined : cbor.deserialize(bytesOf(body))),
    response: (_ast, id, value, status) => ({
      status,
      headers,
      body: encode({ ...(status >= 400 && { __type: id }), ...value }),
    }),
    failure: (name, message, status) => ({ status, headers, body: encode({ __type: name, message }) }),
  };
}

function textOf(body: Body): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

function bytesOf(body: Body): Uint8Array {
  return typeof body === "string" ? new TextEncoder().encode(body) : new Uint8Array(body ?? []);
}

/** Seconds for a timestamp, base64 for a blob, words for the numbers that JSON does not have. */
function jsonText(value: object): string {
  return JSON.stringify(
    mapped(value, (item) => {
      if (item instanceof Date) return item.getTime() / 1000;
      if (item instanceof Uint8Array) return Buffer.from(item).toString("base64");
      return typeof item === "number" && !Number.isFinite(item) ? String(item) : item;
    }),
  );
}

function mapped(value: unknown, map: (item: unknown) => unknown): unknown {
  const result = map(value);
  if (result !== value) return result;
  if (Array.isArray(value)) return value.map((item) => mapped(item, map));
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  // Not assigned, so that a key may be __proto__.
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item, map)]));
}
