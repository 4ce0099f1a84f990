import { type HttpBindings, httpBindings } from "../protocols/http/bindings.js";
import type { Operation, OperationCodec, Service } from "../schema/service.js";
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

/**
 * The codec of an operation for service objects: outputs in JSON have the form of AWS SDK v2, before features change them.
 *
 * @param convertsTypes false for values as JSON has them, with unknown members
 */
export function classicCodec(
  codec: OperationCodec,
  { output }: Operation,
  { protocol, awsQueryCompatible }: Service,
  convertsTypes: boolean,
): OperationCodec {
  const isRest = protocol.id === restJson1;
  const { payload, body } = isRest ? bindingsOf(output) : { payload: undefined, body: output };
  if (!isReadAsJson(codec, output)) return codec;
  if (payload && isPlain(payload.member)) {
    return { ...codec, readOutput: (response) => adapt(output, codec.readOutput(response), false) as object };
  }
  const read = (member: Member, response: HttpResponse): object => {
    const json: unknown = JSON.parse(decodeUtf8(response.body) || "{}");
    const form = { usesJsonNames: isRest, fillsLists: awsQueryCompatible === true };
    return (convertsTypes ? readJson(member, json, form) : json) as object;
  };
  if (!isRest) return { ...codec, readOutput: (response) => read({ target: output }, response) ?? {} };
  return {
    ...codec,
    readOutput(response) {
      // Members in headers and the status.
      const parts = codec.readOutput({ ...response, body: new Uint8Array() });
      if (payload) return Object.assign(parts, { [payload.name]: read(payload.member, response) });
      return body ? Object.assign(parts, read({ target: body }, response)) : parts;
    },
  };
}

/** The data of a response in the form of AWS SDK v2: blobs as buffers, and empty lists for those that are absent from XML. */
export function readData(
  response: HttpResponse,
  { operation: method, service: { definition } }: Request,
  operation: Operation,
  codec: OperationCodec,
): unknown {
  const data = readMembers(response, operation, codec, definition);
  const { payload } = bindingsOf(operation.output);
  if (payload && "type" in payload.member && payload.member.type === "blob") {
    const isText = definition.textPayloads?.includes(method) === true;
    readPayload(data as Record<string, unknown>, payload.name, isText);
  }
  return definition.memberTypes ? retyped(data, definition.memberTypes) : data;
}

function readMembers(
  response: HttpResponse,
  { output: shape }: Operation,
  codec: OperationCodec,
  { model, serviceIdentifier }: ServiceDefinition,
): unknown {
  const output = codec.readOutput(response);
  if (isReadAsJson(codec, shape)) return output;
  const isQuery = model.service.protocol.id === awsQuery;
  // The members are in the result element, which may be empty.
  const isEmpty = isQuery && Object.keys(output).length === 0;
  const fillsLists = codec.format === "XML" && serviceIdentifier !== "s3control";
  const data = isEmpty ? output : adapt(shape, output, fillsLists);
  // AWS SDK v2 returns the metadata of the query protocol there.
  const RequestId = isQuery ? codec.requestIdIn?.(response) : undefined;
  return RequestId === undefined ? data : Object.assign(data as object, { ResponseMetadata: { RequestId } });
}

/** What changes the events of a member to the form of AWS SDK v2. */
export function eventAdapter({ events }: EventStreamMember): (event: object) => unknown {
  return withoutLists(targetOf({ target: events }));
}

const bindingsOf = oncePer((shape: StructureShape): HttpBindings => httpBindings(shape, "response"));

/** True where {@link classicCodec} reads the output. */
function isReadAsJson({ format }: OperationCodec, output: StructureShape): boolean {
  return format === "JSON" && !eventStreamOf(output);
}

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

/** Changes a fresh output in place: bytes to buffers, and, on request, absent lists to empty ones. */
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

/** AWS SDK v2 reads an empty element as a structure without members, lists included, unless it is the root or a payload. */
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
