import { type HttpBindings, httpBindings } from "../protocols/http/bindings.js";
import type { OperationCodec, Operation } from "../schema/service.js";
import { oncePer, isBytes, isObject, setOwn } from "../schema/values.js";
import {
  type EventStreamMember,
  eventStreamOf,
  type Member,
  type StructureShape,
  targetOf,
  type UnionShape,
} from "../schema/shapes.js";
import { decodeUtf8 } from "../text/bytes.js";
import type { HttpResponse } from "../schema/http.js";
import { readJson } from "./json-data.js";
import type { Request } from "./request.js";
import type { ServiceDefinition } from "./types.js";

const awsQuery = "aws.protocols#awsQuery";
const restJson1 = "aws.protocols#restJson1";

/** The data of a response in the form of AWS SDK v2: blobs as buffers, and empty lists for those that are absent from XML. */
export function readData(
  response: HttpResponse,
  { operation: method, service }: Request,
  operation: Operation,
  codec: OperationCodec,
): unknown {
  const { definition, config } = service;
  const data = readMembers(response, operation, codec, definition, config.convertResponseTypes);
  const { payload } = bindingsOf(operation.output);
  if (payload && "type" in payload.member && payload.member.type === "blob") {
    const isText = definition.textPayloads?.includes(method) === true;
    readPayload(data as Record<string, unknown>, payload.name, isText);
  }
  return definition.memberTypes ? retyped(data, definition.memberTypes) : data;
}

function readMembers(
  response: HttpResponse,
  operation: Operation,
  codec: OperationCodec,
  { model: { service }, serviceIdentifier }: ServiceDefinition,
  convertsTypes: boolean,
): unknown {
  const { protocol } = service;
  if (codec.format !== "JSON" || eventStreamOf(operation.output)) {
    const fillsLists = codec.format === "XML" && serviceIdentifier !== "s3control";
    const output = codec.readOutput(response);
    // The members are in the result element, which may be empty.
    const isEmpty = protocol.id === awsQuery && Object.keys(output).length === 0;
    const data = isEmpty ? output : adapt(operation.output, output, fillsLists);
    // AWS SDK v2 returns there what the query protocol says of the response.
    const RequestId = protocol.id === awsQuery ? codec.requestIdIn?.(response) : undefined;
    return RequestId === undefined ? data : Object.assign(data as object, { ResponseMetadata: { RequestId } });
  }
  const isRest = protocol.id === restJson1;
  const { payload, body } = isRest ? bindingsOf(operation.output) : { payload: undefined, body: operation.output };
  if (payload && isPlain(payload.member)) return adapt(operation.output, codec.readOutput(response), false);
  const read = (member: Member): unknown => {
    const json: unknown = JSON.parse(decodeUtf8(response.body) || "{}");
    if (!convertsTypes) return json;
    return readJson(member, json, { usesJsonNames: isRest, fillsLists: service.awsQueryCompatible === true });
  };
  if (!isRest) return read({ target: operation.output }) ?? {};
  // Members in headers and the status.
  const parts = codec.readOutput({ ...response, body: new Uint8Array() });
  if (payload) return Object.assign(parts, { [payload.name]: read(payload.member) });
  return body ? Object.assign(parts, read({ target: body })) : parts;
}

/** What changes the events of a member to the form of AWS SDK v2. */
export function eventAdapter({ events }: EventStreamMember): (event: object) => unknown {
  return withoutLists(targetOf({ target: events }));
}

const bindingsOf = oncePer((shape: StructureShape): HttpBindings => httpBindings(shape, "response"));

/** True for a payload that is the body as it is. */
function isPlain(member: Member): boolean {
  return "type" in member && (member.type === "blob" || member.type === "string");
}

/** An empty payload is there in AWS SDK v2; of some operations it is text. */
function readPayload(data: Record<string, unknown>, member: string, isText: boolean): void {
  const value = data[member] ?? Buffer.alloc(0);
  setOwn(data, member, isText && isBytes(value) ? decodeUtf8(value) : value);
}

/** The value with the members that have another type in AWS SDK v2 as that type, at whatever depth. */
function retyped(value: unknown, types: NonNullable<ServiceDefinition["memberTypes"]>): unknown {
  if (!isObject(value)) return value;
  for (const [name, item] of Object.entries(value)) {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (isObject(item)) retyped(item, types);
    else if (type === "string" && typeof item === "number") setOwn(value, name, String(item));
    else if (type === "number" && typeof item === "string") setOwn(value, name, Number.parseInt(item, 10));
  }
  return value;
}

type Adapt = (value: unknown, isEmpty?: boolean) => unknown;

/** Changes a fresh output in place: bytes to buffers, and absent lists to empty ones if asked for. */
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
  return (value, isEmpty = false) => {
    if (!isObject(value)) return value;
    for (const { name, adaptMember, isFilled } of adapters) {
      if (Object.hasOwn(value, name)) setOwn(value, name, adaptMember(value[name]));
      else if (isFilled && !isEmpty) setOwn(value, name, []);
    }
    return value;
  };
}

function isBodyList(member: Member): boolean {
  return "type" in member && member.type === "list" && member.httpHeader === undefined;
}

/** AWS SDK v2 reads an empty element as a structure without members, lists included; the root and a payload are none. */
function isEmptyElement(value: unknown, { httpPayload }: Member): boolean {
  return !httpPayload && isObject(value) && Object.keys(value).length === 0;
}

function memberAdapter(member: Member, fillsLists: boolean): Adapt {
  if ("target" in member) {
    return (value) => (fillsLists ? withLists : withoutLists)(targetOf(member))(value, isEmptyElement(value, member));
  }
  switch (member.type) {
    case "blob":
      return (value) => (isBytes(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value);
    case "list": {
      const adaptItem = memberAdapter(member.member, fillsLists);
      return (value) => (Array.isArray(value) ? value.map((item) => adaptItem(item)) : value);
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
