import { type HttpBindings, httpBindings } from "../../../protocols/http/bindings.js";
import { writeHeaders } from "../../../protocols/http/write-headers.js";
import type { Operation } from "../../../schema/service.js";
import { getOwn } from "../../../schema/values.js";
import { streamedBody } from "../../streamed-body.js";
import type { ServerResponse } from "../protocol.js";
import type { ResponseBody } from "./body.js";
import { payloadType } from "./media-types.js";

type Values = Readonly<Record<string, unknown>>;

/** Writes the output of a protocol with HTTP bindings. */
export function writeResponse(operation: Operation, output: object, codec: ResponseBody): ServerResponse {
  const { output: shape, http } = operation;
  const bindings = httpBindings(shape, "response");
  const headers: Record<string, string> = {};
  const body = bodyOf(bindings, operation, output as Values, codec);
  if (body.contentType !== undefined) headers["content-type"] = body.contentType;
  writeHeaders(bindings, shape, output as Values, headers);
  return { status: statusOf(bindings, output as Values) ?? http?.code ?? 200, headers, body: body.body };
}

export function statusOf({ responseCode: [bound] }: HttpBindings, output: Values): number | undefined {
  const status = bound && getOwn(output, bound.name);
  return typeof status === "number" ? status : undefined;
}

interface Body {
  readonly body: ServerResponse["body"];
  readonly contentType?: string | undefined;
}

function bodyOf(
  { payload, body: shape }: HttpBindings,
  operation: Operation,
  output: Values,
  codec: ResponseBody,
): Body {
  if (!payload) {
    const body = codec.writeStructure(shape, output, operation);
    return body === undefined ? { body: "" } : { body, contentType: codec.contentType };
  }
  const { name, member } = payload;
  const value = getOwn(output, name);
  if (value === undefined || value === null) return { body: "" };
  if ("type" in member && (member.type === "blob" || member.type === "string")) {
    const contentType = payloadType(member, codec.contentType) ?? "application/octet-stream";
    return { body: streamedBody(value), contentType };
  }
  return { body: codec.writePayload(member, value), contentType: codec.contentType };
}
