import { isAnyObject } from "../../text/any-object.js";
import type { Operation, ProtocolRequest } from "../../schema/service.js";
import { getOwn, isBytes, isObject } from "../../schema/values.js";
import type { RequestBody } from "../../schema/http.js";
import { type BoundMember, type HttpBindings, httpBindings, type BodyCodec } from "./bindings.js";
import { locatingText } from "../unsendable-text.js";
import { writeHeaders, writeText, itemMember, presentItems } from "./write-headers.js";
import { ValidationError, type ValidationIssue } from "../../errors/client.js";
import { escapeUri } from "../../signing/escape.js";
import { representable } from "../../text/representable.js";
import type { Member } from "../../schema/shapes.js";

type Input = Readonly<Record<string, unknown>>;

interface Body {
  readonly body?: string | Uint8Array;
  readonly stream?: RequestBody;
  readonly contentType: string;
}

/** Serializes a request: method, path, query, headers and body. */
export function compileRequest(operation: Operation, codec: BodyCodec): (input: object) => ProtocolRequest {
  const { input: shape, http } = operation;
  if (!http) throw new Error(`${operation.name} has no smithy.api#http, which its protocol requires`);
  const [template = "", constants = ""] = http.uri.split(/\?(.*)/s);
  const bindings = httpBindings(shape, "request");
  const path = compilePath(template, bindings.labels, operation);
  const query = compileQuery(constants, bindings);
  const writeBody = compileBody(bindings, codec);
  const write = (given: object): ProtocolRequest => {
    const input = given as Input;
    const headers: Record<string, string> = {};
    const written = writeBody(input);
    if (written) headers["content-type"] = written.contentType;
    const length = written?.stream?.length;
    if (length !== undefined) headers["content-length"] = String(length);
    // After the codec's own headers, so that a member bound to `Content-Type` overrides.
    writeHeaders(bindings, shape, input, headers);
    return {
      method: http.method,
      path: path(input),
      query: query(input),
      headers,
      body: written?.body,
      stream: written?.stream,
    };
  };
  return locatingText(shape, write);
}

function compileBody({ body: shape, payload }: HttpBindings, codec: BodyCodec): (input: Input) => Body | undefined {
  if (payload) return compilePayload(payload, codec);
  if (!shape) return () => undefined;
  return (input) => {
    const body = codec.writeStructure(shape, input);
    return body === undefined ? undefined : { body, contentType: codec.contentType };
  };
}

/** Bytes and text are sent unchanged as the body. */
function compilePayload({ name, member }: BoundMember, codec: BodyCodec): (input: Input) => Body | undefined {
  if ("type" in member && (member.type === "blob" || member.type === "string")) {
    const contentType = member.mediaType ?? (member.type === "blob" ? "application/octet-stream" : "text/plain");
    return (input) => {
      const value = getOwn(input, name);
      if (value === undefined || value === null) return undefined;
      if ("streaming" in member && isRequestBody(value)) return { stream: value, contentType };
      // Only if validation is off.
      if (typeof value !== "string" && !isBytes(value))
        throw new TypeError(`${name} is a body, so it must be bytes or text`);
      return { body: typeof value === "string" ? representable(value) : value, contentType };
    };
  }
  return (input) => {
    const body = codec.writePayload(member, getOwn(input, name) ?? undefined);
    return body === undefined ? undefined : { body, contentType: codec.contentType };
  };
}

/** The `RequestStream` of `prepareStream`, whose code is loaded only if there is one. */
function isRequestBody(value: unknown): value is RequestBody {
  return isAnyObject(value) && "isConsumed" in value;
}

/**
 * Compiles the path of `smithy.api#http` `uri`. Values are percent-encoded, so that none can leave its segment; `/` is
 * kept in a greedy label (`{key+}`), which covers several segments. A label that is absent from the path, because the
 * endpoint contains it, is still required: without it the request would identify another resource.
 *
 * @throws ValidationError (from the returned function) for a label that is absent or empty, or that would make the path
 *   identify another resource: `.` and `..`
 * @see https://smithy.io/2.0/spec/http-bindings.html#httplabel-trait
 */
export function compilePath(
  template: string,
  labels: readonly BoundMember[],
  operation: Operation,
): (input: Input) => string {
  // Odd pieces are the content of a label: `{name}` or `{name+}`.
  const pieces = template.split(/\{([^{}]+)\}/);
  const members = new Map(labels.map((label) => [label.name, label]));
  const inPath = new Set(pieces.filter((_, index) => index % 2 === 1).map((piece) => piece.replace(/\+$/, "")));
  const elsewhere = labels.filter(({ name }) => !inPath.has(name));
  return (input) => {
    for (const label of elsewhere) representable(labelText(label, input, false, operation));
    return pieces
      .map((piece, index) => {
        if (index % 2 === 0) return piece;
        const greedy = piece.endsWith("+");
        const label = members.get(greedy ? piece.slice(0, -1) : piece);
        if (!label) throw new Error(`${operation.name} has no label for {${piece}} of its path ${template}`);
        return escapeUri(labelText(label, input, greedy, operation), greedy);
      })
      .join("");
  };
}

function labelText({ name, member }: BoundMember, input: Input, greedy: boolean, operation: Operation): string {
  const reject = (rule: ValidationIssue["rule"], problem: string): ValidationError =>
    new ValidationError(operation.input.name, [
      { path: [name], rule, message: `is part of the request's path, so it must not be ${problem}` },
    ]);
  const value = getOwn(input, name);
  if (value === undefined || value === null) throw reject("required", "missing");
  const written = writeText(member, value, "date-time");
  const prefix = operation.labelPrefixes?.find((each) => written.startsWith(each)) ?? "";
  const text = written.slice(prefix.length);
  if (text === "") throw reject("length", "empty");
  if (!greedy && (text === "." || text === "..")) throw reject("pattern", '"." or ".."');
  return text;
}

/**
 * Compiles the query: the constants of the `uri`, then the members bound by name, then maps of parameters. A map's
 * parameter is omitted if one of the others is sent under its name.
 *
 * @param constants the part after `?` in the `uri`, sent unchanged
 * @see https://smithy.io/2.0/spec/http-bindings.html#httpquery-trait
 */
export function compileQuery(constants: string, { query, queryParams }: HttpBindings): (input: Input) => string {
  const fixed = constants === "" ? [] : constants.split("&");
  if (query.length === 0 && queryParams.length === 0) return () => constants;
  return (input) => {
    const parts = [...fixed];
    for (const { name, member, key } of query) append(parts, escapeUri(key), member, getOwn(input, name));
    const taken = new Set(parts.map((part) => part.split("=", 1)[0]));
    for (const { name, member } of queryParams) {
      const map = getOwn(input, name);
      if (!isObject(map) || !("type" in member) || member.type !== "map") continue;
      for (const [key, value] of Object.entries(map)) {
        const escaped = escapeUri(key);
        if (!taken.has(escaped)) append(parts, escaped, member.value, value);
      }
    }
    return parts.join("&");
  };
}

/** A list repeats its parameter. */
function append(parts: string[], escapedName: string, member: Member, value: unknown): void {
  const item = itemMember(member);
  for (const each of presentItems(value)) parts.push(`${escapedName}=${escapeUri(writeText(item, each, "date-time"))}`);
}
