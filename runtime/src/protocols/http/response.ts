import { warnings } from "../../observe/channels.js";
import type { Member, StructureShape } from "../../schema/shapes.js";
import { setOwn } from "../../schema/values.js";
import { decodeUtf8, decodeBase64 } from "../../text/bytes.js";
import type { HttpResponse } from "../../schema/http.js";
import { ResponseMismatch } from "../../errors/mismatch.js";
import { type BoundMember, type HttpBindings, httpBindings, type BodyCodec } from "./bindings.js";
import { readText } from "../read-text.js";

type Members = Record<string, unknown>;

/** Deserializes a response: headers, status and body. */
export function compileResponse(shape: StructureShape, codec: BodyCodec): (response: HttpResponse) => object {
  const bindings = httpBindings(shape, "response");
  const { body, payload } = bindings;
  return (response) => {
    const output = (body && !payload ? codec.readStructure(body, response) : {}) as Members;
    if (payload && (response.body.byteLength > 0 || isStreaming(payload.member))) {
      const value = readPayload(payload, shape.name, response, codec);
      if (value !== undefined) setOwn(output, payload.name, value);
    }
    readParts(bindings, shape.name, response, output);
    return output;
  };
}

/** Reads the members of an error outside its body; the protocol reads the rest. Never fails. */
export function readErrorParts(shape: StructureShape, response: HttpResponse): Members {
  return readParts(httpBindings(shape, "response"), shape.name, response, {});
}

function readParts(bindings: HttpBindings, shapeName: string, response: HttpResponse, output: Members): Members {
  for (const { name, member, key } of bindings.headers) {
    const text = response.headers[key];
    if (text === undefined) continue;
    const value = tryHeader(member, text, `${shapeName}.${name} (header ${key})`);
    if (value !== undefined) setOwn(output, name, value);
  }
  for (const { name, key: prefix } of bindings.prefixHeaders) {
    const map: Record<string, unknown> = {};
    for (const [header, text] of Object.entries(response.headers)) {
      if (header.startsWith(prefix)) setOwn(map, header.slice(prefix.length), text);
    }
    setOwn(output, name, map);
  }
  for (const { name } of bindings.responseCode) setOwn(output, name, response.status);
  return output;
}

/** Undefined, and a warning, for an invalid text: the body and the other members are more important than this one. */
function tryHeader(member: Member, text: string, what: string): unknown {
  try {
    return readHeader(member, text, what);
  } catch (error) {
    if (!(error instanceof ResponseMismatch)) throw error;
    warnings.publish({ message: error.message });
    return undefined;
  }
}

/** Such a body is returned as a stream, even if it is empty. */
function isStreaming(member: Member): boolean {
  return "streaming" in member && member.streaming === true;
}

/** Bytes and text are the body unchanged. */
function readPayload({ name, member }: BoundMember, shapeName: string, response: HttpResponse, codec: BodyCodec) {
  if (response.stream && isStreaming(member)) return response.stream;
  if ("type" in member && member.type === "blob") return ownBytes(response);
  if ("type" in member && member.type === "string") return decodeUtf8(response.body);
  return codec.readPayload(member, response, `${shapeName}.${name}`);
}

/** The body, copied if it shares its memory with the transport or with other responses. */
function ownBytes({ body, isJoined }: HttpResponse): Uint8Array {
  const isAlone = isJoined && body.buffer.byteLength === body.byteLength;
  return isAlone ? new Uint8Array(body.buffer) : new Uint8Array(body);
}

/**
 * Reads a member from the text of its header; undefined if the text is empty and the member is not a string.
 *
 * @param what names the member and its header in the error
 * @throws ResponseMismatch for an invalid text
 */
export function readHeader(member: Member, text: string, what: string): unknown {
  if (!("type" in member)) return undefined;
  if (member.type === "list")
    return splitList(member.member, text).map((item) => readHeader(member.member, item, what));
  if (member.type === "string" && member.mediaType !== undefined) return decodeUtf8(decodeBase64(text));
  return member.type === "map" ? undefined : readText(member, text, "http-date", what);
}

/** Dates in the format `http-date` contain a comma; texts may be quoted. */
export function splitList(item: Member, text: string): string[] {
  if (text.trim() === "") return [];
  const isHttpDate =
    "type" in item && item.type === "timestamp" && (item.timestampFormat ?? "http-date") === "http-date";
  if (isHttpDate) return text.trim().split(/\s*,\s*(?=[A-Za-z])/);
  const pieces = text.match(/\s*"(?:[^"\\]|\\.)*"\s*(?:,|$)|[^,]*(?:,|$)/g) ?? [];
  // The expression also matches the empty end.
  if (!text.endsWith(",")) pieces.pop();
  return pieces.map((piece) => unquoted(piece.replace(/,$/, "").trim()));
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replaceAll(/\\(.)/g, "$1")
    : text;
}
