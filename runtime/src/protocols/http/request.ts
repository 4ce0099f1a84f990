import type { Operation } from "../../schema/operation.js";
import { getOwn, isBytes } from "../../schema/values.js";
import type { RequestBody } from "../../streams/request-stream.js";
import type { ProtocolRequest } from "../protocol.js";
import { type BoundMember, type HttpBindings, httpBindings } from "./bindings.js";
import type { BodyCodec } from "./body.js";
import { compilePath } from "./path.js";
import { compileQuery } from "./query.js";
import { writeHeaders } from "./write-headers.js";

type Input = Readonly<Record<string, unknown>>;

interface Body {
  readonly body?: string | Uint8Array;
  readonly stream?: RequestBody;
  readonly contentType: string;
}

/** Writes a whole request: method, path, query, headers and body. */
export function compileRequest(operation: Operation, codec: BodyCodec): (input: object) => ProtocolRequest {
  const { input: shape, http } = operation;
  if (!http) throw new Error(`${operation.name} has no smithy.api#http, which its protocol needs`);
  const [template = "", constants = ""] = http.uri.split(/\?(.*)/s);
  const bindings = httpBindings(shape, "request");
  const path = compilePath(template, bindings.labels, operation);
  const query = compileQuery(constants, bindings);
  const writeBody = compileBody(bindings, codec);
  return (given) => {
    const input = given as Input;
    const headers: Record<string, string> = {};
    const written = writeBody(input);
    if (written) headers["content-type"] = written.contentType;
    const length = written?.stream?.length;
    if (length !== undefined) headers["content-length"] = String(length);
    // After the body's own, so that a member bound to `Content-Type` counts.
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
}

function compileBody({ body: shape, payload }: HttpBindings, codec: BodyCodec): (input: Input) => Body | undefined {
  if (payload) return compilePayload(payload, codec);
  if (!shape) return () => undefined;
  return (input) => {
    const body = codec.writeStructure(shape, input);
    return body === undefined ? undefined : { body, contentType: codec.contentType };
  };
}

/** Bytes and text are the body as they are. */
function compilePayload({ name, member }: BoundMember, codec: BodyCodec): (input: Input) => Body | undefined {
  if ("type" in member && (member.type === "blob" || member.type === "string")) {
    const contentType = member.mediaType ?? (member.type === "blob" ? "application/octet-stream" : "text/plain");
    return (input) => {
      const value = getOwn(input, name);
      if (value === undefined || value === null) return undefined;
      if ("streaming" in member && isRequestBody(value)) return { stream: value, contentType };
      // Only where validation is off.
      if (typeof value !== "string" && !isBytes(value))
        throw new TypeError(`${name} is a body, so it must be bytes or text`);
      return { body: value, contentType };
    };
  }
  return (input) => {
    const body = codec.writePayload(member, getOwn(input, name) ?? undefined);
    return body === undefined ? undefined : { body, contentType: codec.contentType };
  };
}

/** What `prepareStream` has made, whose code is loaded where there is one. */
function isRequestBody(value: unknown): value is RequestBody {
  return typeof value === "object" && value !== null && "isSpent" in value;
}
