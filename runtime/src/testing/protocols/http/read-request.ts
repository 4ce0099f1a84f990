import type { BoundMember, HttpBindings } from "../../../protocols/http/bindings.js";
import { splitList } from "../../../protocols/http/response.js";
import type { Member, TimestampFormat } from "../../../schema/shapes.js";
import { setOwn } from "../../../schema/values.js";
import type { ReceivedRequest } from "../../../signing/verify.js";
import { decodeUtf8 } from "../../../text/bytes.js";
import type { ServerRequest } from "../protocol.js";
import { readOrReject } from "../read/reject.js";
import { readBase64, readText } from "../read/simple.js";
import type { HttpBody } from "./body.js";
import { headerOf } from "./headers.js";
import { decodePercent, parseQuery, type QueryValues } from "./query.js";
import type { FoundRoute } from "./route.js";

type Values = Record<string, unknown>;

/**
 * Reads the input of a protocol with HTTP bindings.
 *
 * @throws RejectionError for a request that does not match the model
 * @see https://smithy.io/2.0/spec/http-bindings.html
 */
export function readRequest({ route, labels }: FoundRoute, request: ServerRequest, body: HttpBody): object {
  const { bindings, operation } = route;
  const input = readBody(bindings, request, body, operation.input.name);
  readOrReject("valid", () => {
    for (const { name, member } of bindings.labels) {
      const text = decodePercent(labels[name] ?? "");
      set(input, name, readSimple(member, text, "date-time", `${name} in the path`));
    }
    readQuery(bindings, parseQuery(request.query), input);
    readHeaders(bindings, request, input);
  });
  return input;
}

function readBody(
  { payload, body: shape }: HttpBindings,
  request: ServerRequest,
  body: HttpBody,
  name: string,
): Values {
  if (!payload) return shape ? (body.readStructure(shape, request.body) as Values) : {};
  const { member } = payload;
  const input: Values = {};
  if ("streaming" in member && request.stream) setOwn(input, payload.name, request.stream);
  else if (request.body.byteLength > 0) {
    const isBlob = "type" in member && member.type === "blob";
    const isText = "type" in member && member.type === "string";
    if (isBlob) setOwn(input, payload.name, new Uint8Array(request.body));
    else if (isText) setOwn(input, payload.name, decodeUtf8(request.body));
    else set(input, payload.name, body.readPayload(member, request.body, `${name}.${payload.name}`));
  }
  return input;
}

/** All parameters are in the map of `httpQueryParams`, also those that have members of their own. */
function readQuery({ query: bound, queryParams }: HttpBindings, query: QueryValues, input: Values): void {
  for (const { name, member, key } of bound) {
    const texts = query.get(key);
    if (!texts) continue;
    const isList = "type" in member && member.type === "list";
    const read = (text: string): unknown =>
      readSimple(isList ? member.member : member, text, "date-time", `${name} (query parameter ${key})`);
    set(input, name, isList ? texts.map(read) : read(texts[0] ?? ""));
  }
  for (const { name, member } of queryParams) {
    if (!("type" in member) || member.type !== "map" || query.size === 0) continue;
    const isList = "type" in member.value && member.value.type === "list";
    const map: Values = {};
    for (const [key, texts] of query) setOwn(map, key, isList ? [...texts] : texts[0]);
    setOwn(input, name, map);
  }
}

/** Headers of the transport, which are no parameters of a map with an empty prefix. */
const transportHeaders = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "authorization",
  "user-agent",
  "accept",
  "accept-encoding",
  "accept-language",
  "sec-fetch-mode",
]);

function readHeaders({ headers, prefixHeaders }: HttpBindings, request: ReceivedRequest, input: Values): void {
  for (const { name, member, key } of headers) {
    const text = headerOf(request, key);
    if (text !== undefined) set(input, name, readHeader(member, text, `${name} (header ${key})`));
  }
  for (const { name, key: prefix } of prefixHeaders) {
    const map = prefixed(request, prefix);
    if (Object.keys(map).length > 0) setOwn(input, name, map);
  }
}

function prefixed(request: ReceivedRequest, prefix: string): Values {
  const map: Values = {};
  for (const header of Object.keys(request.headers)) {
    if (!header.startsWith(prefix) || (prefix === "" && transportHeaders.has(header))) continue;
    setOwn(map, header.slice(prefix.length), headerOf(request, header));
  }
  return map;
}

function readHeader(member: Member, text: string, what: string): unknown {
  if ("type" in member && member.type === "list") {
    return splitList(member.member, text).map((item) => readHeader(member.member, item, what));
  }
  if ("type" in member && member.type === "string" && member.mediaType !== undefined) {
    return decodeUtf8(readBase64(text, what));
  }
  return readSimple(member, text, "http-date", what);
}

function readSimple(member: Member, text: string, format: TimestampFormat, what: string): unknown {
  if (!("type" in member) || member.type === "list" || member.type === "map") return undefined;
  return readText(member, text, format, what);
}

function set(input: Values, name: BoundMember["name"], value: unknown): void {
  if (value !== undefined) setOwn(input, name, value);
}
