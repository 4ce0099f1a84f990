import { type HttpBindings, httpBindings } from "../protocols/http/bindings.js";
import type { OperationCodec, Operation } from "../schema/service.js";
import { oncePer, isBytes, isObject, setOwn } from "../schema/values.js";
import { type Member, type StructureShape, targetOf, type UnionShape } from "../schema/shapes.js";
import { decodeUtf8 } from "../text/bytes.js";
import type { HttpResponse } from "../transport/types.js";
import { readJson } from "./json-data.js";
import type { Service } from "./service.js";

const awsQuery = "aws.protocols#awsQuery";
const restJson1 = "aws.protocols#restJson1";

/** The data of a response in the original's form: blobs as buffers, and in XML empty lists for those that are not there. */
export function readData(
  response: HttpResponse,
  operation: Operation,
  service: Service,
  codec: OperationCodec,
): unknown {
  const { definition, config } = service;
  const { protocol } = definition.model.service;
  if (codec.format !== "JSON") {
    const fillsLists = codec.format === "XML" && definition.serviceIdentifier !== "s3control";
    const data = adapt(operation.output, codec.readOutput(response), fillsLists);
    // The original tells there what the query protocol says of the response.
    const RequestId = protocol.id === awsQuery ? codec.requestIdIn?.(response) : undefined;
    return RequestId === undefined ? data : Object.assign(data as object, { ResponseMetadata: { RequestId } });
  }
  const isRest = protocol.id === restJson1;
  const { payload, body } = isRest ? bindingsOf(operation.output) : { payload: undefined, body: operation.output };
  if (payload && isPlain(payload.member)) return adapt(operation.output, codec.readOutput(response), false);
  const read = (member: Member): unknown => {
    const json: unknown = JSON.parse(decodeUtf8(response.body) || "{}");
    return config.convertResponseTypes ? readJson(member, json, isRest) : json;
  };
  if (!isRest) return read({ target: operation.output }) ?? {};
  // What stands in headers and status.
  const parts = codec.readOutput({ ...response, body: new Uint8Array() });
  if (payload) return Object.assign(parts, { [payload.name]: read(payload.member) });
  return body ? Object.assign(parts, read({ target: body })) : parts;
}

const bindingsOf = oncePer((shape: StructureShape): HttpBindings => httpBindings(shape, "response"));

/** True for a payload that is the body as it is. */
function isPlain(member: Member): boolean {
  return "type" in member && (member.type === "blob" || member.type === "string");
}

type Adapt = (value: unknown) => unknown;

/** Changes a fresh output in place: bytes to buffers, and lists that are not there to empty ones if asked for. */
function adapt(shape: StructureShape, output: unknown, fillsLists: boolean): unknown {
  return (fillsLists ? withLists : withoutLists)(shape)(output);
}

const withLists = oncePer((shape: StructureShape | UnionShape): Adapt => adapterOf(shape, true));
const withoutLists = oncePer((shape: StructureShape | UnionShape): Adapt => adapterOf(shape, false));

function adapterOf({ type, members }: StructureShape | UnionShape, fillsLists: boolean): Adapt {
  const adapters = Object.entries(members).map(([name, member]) => ({
    name,
    adaptMember: memberAdapter(member, fillsLists),
    isFilled: fillsLists && type === "structure" && isBodyList(member),
  }));
  return (value) => {
    if (!isObject(value)) return value;
    for (const { name, adaptMember, isFilled } of adapters) {
      if (Object.hasOwn(value, name)) setOwn(value, name, adaptMember(value[name]));
      else if (isFilled) setOwn(value, name, []);
    }
    return value;
  };
}

function isBodyList(member: Member): boolean {
  return "type" in member && member.type === "list" && member.httpHeader === undefined;
}

function memberAdapter(member: Member, fillsLists: boolean): Adapt {
  if ("target" in member) {
    return (value) => (fillsLists ? withLists : withoutLists)(targetOf(member))(value);
  }
  switch (member.type) {
    case "blob":
      return (value) => (isBytes(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value);
    case "list": {
      const adaptItem = memberAdapter(member.member, fillsLists);
      return (value) => (Array.isArray(value) ? value.map(adaptItem) : value);
    }
    case "map": {
      const adaptValue = memberAdapter(member.value, fillsLists);
      return (value) => {
        if (!isObject(value)) return value;
        for (const key of Object.keys(value)) setOwn(value, key, adaptValue(value[key]));
        return value;
      };
    }
    default:
      return (value) => value;
  }
}
