import type { Operation, OperationCodec, Protocol } from "../../schema/service.js";
import { oncePer } from "../../schema/values.js";
import { type Member, type StructureShape, targetOf } from "../../schema/shapes.js";
import type { BodyCodec } from "../http/bindings.js";
import { compileHttpBindings } from "../http/codec.js";
import { readErrorParts } from "../http/response.js";
import { statusName } from "../http/status-name.js";
import { JsonReader } from "../json/read.js";
import { JsonWriter } from "../json/write.js";

const settings = { jsonName: true, timestampFormat: "epoch-seconds" } as const;

/**
 * restJson1: HTTP bindings with JSON bodies.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
class RestJson implements Protocol {
  readonly id = "aws.protocols#restJson1";
  readonly #writer = new JsonWriter(settings);
  readonly #reader = new JsonReader(settings);
  compile(operation: Operation): OperationCodec {
    const reader = this.#reader.of(operation);
    return {
      ...compileHttpBindings(operation, this.#bodyCodec(reader)),
      readError: async (response) => {
        const readJsonError = (await import("../json/error.js")).readJsonError;
        const read = readJsonError(response, operation.errors ?? [], reader);
        const error = { ...read, code: read.code ?? statusName(operation, response) };
        const shape = operation.errors?.find((each) => each.shape.name === error.code)?.shape;
        return shape ? { ...error, members: { ...error.members, ...readErrorParts(shape, response) } } : error;
      },
    };
  }

  #bodyCodec(reader: JsonReader): BodyCodec {
    const writer = this.#writer;
    return {
      format: "JSON",
      contentType: "application/json",
      writeStructure: (shape, value) => writer.stringify(shape, value),
      readStructure: (shape, response) => (reader.readBody(shape, response) ?? {}) as object,
      writePayload(member, value) {
        if (value === undefined) return emptyPayload(member);
        const text = writer.stringify(holderOf(member), { payload: value });
        return text.slice('{"payload":'.length, -1);
      },
      readPayload(member, response) {
        const held = reader.readBody(holderOf(member), response, (payload) => ({ payload }));
        return (held as { readonly payload?: unknown } | undefined)?.payload;
      },
    };
  }
}

/** Writers and readers work on members of structures, so the payload is passed as the only member of one. */
const holderOf = oncePer((payload: Member): StructureShape => ({
  type: "structure",
  name: "httpPayload",
  members: { payload: { ...payload, jsonName: "payload" } },
}));

/** An unset structure is an empty object on the wire; other unset payloads have no body. */
function emptyPayload(member: Member): string | undefined {
  return "target" in member && targetOf(member).type === "structure" ? "{}" : undefined;
}

export const restJson1: Protocol = /* @__PURE__ */ new RestJson();
