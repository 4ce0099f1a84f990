import type { ShapeId } from "../model/model.js";
import { compare } from "../analyze/closure.js";
import {
  type ErrorIr,
  type FeatureIr,
  type MemberIr,
  type OperationIr,
  OperationReference,
  type OutputTypes,
  type PaginationIr,
  type ServiceIr,
  type ShapeIr,
  type StructureIr,
  type UnionIr,
} from "./ir.js";
import type { ProtocolSupport } from "./support.js";

/**
 * How a descriptor refers to other constants. The emitter returns names to print. The dynamic client returns the
 * objects themselves.
 */
export interface References {
  /** Value of `target` for a member that targets a structure or union. */
  target(shape: ShapeId): unknown;
  /** Value of `enum` for a member that targets an enum. */
  enum(shape: ShapeId): unknown;
}

/** A descriptor or a part of one as plain data. Its types are the runtime's `StructureShape`, `Member` and others. */
export type Descriptor = Readonly<Record<string, unknown>>;

/**
 * The descriptor of a structure or union: the traits that the protocol reads and, in inputs, the constraints: outputs are
 * not checked against them. Emitted code and the dynamic client both use this function, so they cannot differ.
 */
export function describeShape(
  shape: StructureIr | UnionIr,
  protocol: ProtocolSupport,
  references: References,
  options: { readonly hostLabels?: boolean; readonly outputs?: OutputTypes } = {},
): Descriptor {
  const role = { isInput: shape.inInput, hostLabels: options.hostLabels === true };
  const members = shape.members.map((member) => {
    const described = describeMember(member, protocol, references, role);
    // A missing required output member is an error, unless services may omit it by the model or the options.
    const mayBeMissed = shape.inOutput && member.required && (member.clientOptional || options.outputs === "optional");
    return [member.name, mayBeMissed ? { ...described, clientOptional: true } : described] as const;
  });
  return present({
    type: shape.type,
    name: shape.name,
    members: Object.fromEntries(members),
    xmlName: protocol.xml ? shape.xmlName : undefined,
    xmlNamespace: protocol.xml ? shape.xmlNamespace : undefined,
    error: shape.type === "structure" && shape.error ? describeError(shape.error, protocol) : undefined,
  });
}

function describeError({ queryStatus, ...error }: ErrorIr, { queryErrors }: ProtocolSupport): Descriptor {
  return present({ ...error, status: queryErrors ? (queryStatus ?? error.status) : error.status });
}

/** Bindings to parts of an event's message, which every protocol with event streams reads. */
const eventBindings: readonly string[] = ["eventHeader", "eventPayload"];

function describeMember(
  member: MemberIr,
  protocol: ProtocolSupport,
  references: References,
  { isInput, hostLabels }: { readonly isInput: boolean; readonly hostLabels: boolean },
): Descriptor {
  const inner = (part: MemberIr): Descriptor =>
    describeMember(part, protocol, references, { isInput, hostLabels: false });
  const { type } = member;
  const own = describeType(member, references, inner);
  const bindings = Object.entries(member.bindings)
    .filter(
      ([name]) =>
        protocol.bindings.includes(name) || eventBindings.includes(name) || (hostLabels && name === "hostLabel"),
    )
    .map(([name, value]) => [name, isAnnotation(value) ? true : value]);
  return present({
    ...own,
    enum: isInput && (type.type === "enum" || type.type === "intEnum") ? references.enum(type.shape) : undefined,
    internal: isInput && type.type === "enum" ? type.internal : undefined,
    required: member.required || undefined,
    sensitive: member.sensitive || undefined,
    idempotencyToken: member.idempotencyToken || undefined,
    clientDefault: member.clientDefault,
    // An empty stream is still a stream, so streaming members have no default.
    default: member.clientOptional || member.streaming ? undefined : member.default,
    ...(isInput ? describeConstraints(member) : {}),
    timestampFormat: type.type === "timestamp" ? member.timestampFormat : undefined,
    mediaType: protocol.http || "eventPayload" in member.bindings ? member.mediaType : undefined,
    streaming: member.streaming || member.eventStream || undefined,
    requiresLength: member.requiresLength || undefined,
    sparse: (type.type === "list" || type.type === "map") && member.sparse ? true : undefined,
    ...Object.fromEntries(bindings),
  });
}

/** What only validation reads. */
function describeConstraints({ type, length, range, pattern, uniqueItems }: MemberIr): Descriptor {
  return {
    length,
    range,
    pattern: pattern?.source,
    patternFlags: pattern && pattern.flags !== "u" ? pattern.flags : undefined,
    uniqueItems: type.type === "list" && uniqueItems ? true : undefined,
  };
}

function describeType(
  member: MemberIr,
  references: References,
  inner: (part: MemberIr) => Descriptor,
): Readonly<Record<string, unknown>> {
  const { type } = member;
  if ("member" in type) return { type: type.type, member: inner(type.member) };
  if ("key" in type) return { type: type.type, key: inner(type.key), value: inner(type.value) };
  if (!("shape" in type)) return { type: type.type };
  if (type.type === "enum") return { type: "string" };
  if (type.type === "intEnum") return { type: "integer" };
  if (member.eventStream) return { type: "eventStream", events: references.target(type.shape) };
  return { target: references.target(type.shape) };
}

/** Fields of an operation's descriptor except input, output and errors. */
export function describeOperation(operation: OperationIr, protocol: ProtocolSupport): Descriptor {
  const contextParams = (operation.input?.members ?? [])
    .filter((member) => member.contextParam !== undefined)
    .map((member) => [member.contextParam ?? "", member.name] as const)
    .toSorted(([left], [right]) => compare(left, right));
  return present({
    http: protocol.http ? operation.http : undefined,
    labelPrefixes: operation.labelPrefixes,
    lateErrors: operation.lateErrors || undefined,
    xmlUnwrapped: (protocol.xml && operation.xmlUnwrapped) || undefined,
    staticContextParams: operation.staticContextParams,
    contextParams: contextParams.length > 0 ? Object.fromEntries(contextParams) : undefined,
    auth: operation.auth,
    unsignedPayload: operation.unsignedPayload || undefined,
    longPoll: operation.longPoll || undefined,
    idempotent: operation.idempotent || undefined,
  });
}

/** The descriptor of a structure or union of a service. Members that fill host labels are marked only if requested. */
export function describeShapeOf(
  service: Pick<ServiceIr, "operations" | "protocol" | "outputs">,
  shape: StructureIr | UnionIr,
  references: References,
): Descriptor {
  const hostLabels = service.operations.some(
    ({ input, hostPrefix }) => input?.id === shape.id && hostPrefix !== undefined,
  );
  return describeShape(shape, service.protocol, references, { hostLabels, outputs: service.outputs });
}

/**
 * The features of an operation, with the descriptors of operations in their arguments.
 *
 * @param operationAt the descriptor of an operation; undefined for one that is not generated: a feature that needs it
 * is left out
 */
export function describeFeatures(
  { features }: OperationIr,
  operationAt: (operation: ShapeId) => unknown,
): readonly FeatureIr[] {
  return features.flatMap((feature) => {
    let isComplete = true;
    const resolve = (value: unknown): unknown => {
      if (value instanceof OperationReference) {
        const operation = operationAt(value.id);
        isComplete &&= operation !== undefined;
        return operation;
      }
      if (Array.isArray(value)) return value.map(resolve);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolve(item)]));
    };
    const resolved = feature.arguments.map(resolve);
    return isComplete ? [{ ...feature, arguments: resolved }] : [];
  });
}

/** The pagination of an operation, as the runtime's `Pagination`. */
export function describePagination({ items, endsOnSameToken, ...pagination }: PaginationIr): Descriptor {
  const { inputToken, outputToken, pageSize, moreResults } = pagination;
  return present({
    inputToken,
    outputToken,
    items: items?.path,
    pageSize,
    moreResults,
    endsOnSameToken: endsOnSameToken || undefined,
  });
}

/** The pagination of an operation in the classic service object. Undefined if it does not paginate there. */
export function describeClassicPagination({ pagination, classicPagination }: OperationIr): Descriptor | undefined {
  return classicPagination ?? (pagination && describePagination(pagination));
}

/** The descriptor of a service, as the runtime's `Service`. */
export function describeService(
  service: ServiceIr,
  parts: {
    readonly protocol: unknown;
    readonly resolveEndpoint: unknown;
    readonly authSchemes: readonly unknown[];
    /** What makes the client options of the service from their descriptions. */
    endpointOptions(options: Descriptor): unknown;
  },
): Descriptor {
  const authOptions = service.authOptions.flatMap(({ names }) => names);
  return present({
    name: service.names.service,
    sdkId: service.sdkId,
    shapeName: service.shapeName,
    version: service.version,
    signingName: service.signingName,
    authSchemes: parts.authSchemes.length > 0 ? parts.authSchemes : undefined,
    authOptions: authOptions.length > 0 ? authOptions : undefined,
    presignedUrls: service.presignedUrls,
    anyRoot: service.anyRoot || undefined,
    headers: service.headers,
    retry: service.retry,
    xmlNamespace: service.protocol.xml ? service.xmlNamespace : undefined,
    awsQueryCompatible: service.awsQueryCompatible || undefined,
    protocol: parts.protocol,
    resolveEndpoint: parts.resolveEndpoint,
    endpointBuiltIns: service.endpointBuiltIns,
    endpointOptions:
      service.endpointOptions.length > 0 ? parts.endpointOptions(describeEndpointOptions(service)) : undefined,
  });
}

/** What the local service needs besides, and clients do not: undefined if there is nothing. */
export function describeServer(service: ServiceIr): Descriptor | undefined {
  const { symbol } = service.protocol;
  const isQualified = symbol === "awsJson1_0" || symbol === "rpcv2Cbor";
  const isQuery = symbol === "awsQuery" || symbol === "ec2Query";
  const facts = present({
    namespace: isQualified ? service.id.split("#", 1)[0] : undefined,
    xmlNamespace: isQuery ? service.xmlNamespace : undefined,
    noErrorWrapping: (symbol === "restXml" && service.noErrorWrapping) || undefined,
    pagination: describePages(service),
  });
  return Object.keys(facts).length > 0 ? facts : undefined;
}

/** How operations page, by the name of their function. */
function describePages({ operations, names }: ServiceIr): Descriptor | undefined {
  const paginated = operations.flatMap(({ id, name, pagination }) =>
    pagination ? [[names.operations.get(id)?.function ?? name, describePagination(pagination)] as const] : [],
  );
  return paginated.length > 0 ? Object.fromEntries(paginated) : undefined;
}

/** Client options that are specific to this service. */
export function describeEndpointOptions({ endpointOptions }: Pick<ServiceIr, "endpointOptions">): Descriptor {
  return Object.fromEntries(
    endpointOptions.map(({ name, parameter, type, values, default: fallback, source }) => [
      name,
      present({ parameter, type, values, default: values ? fallback : undefined, source }),
    ]),
  );
}

/** Descriptor for an operation without input or output. */
export const emptyStructure: Descriptor = { type: "structure", name: "Unit", members: {} };

/** Enum constants, by member name. */
export function describeEnum(shape: Extract<ShapeIr, { type: "enum" | "intEnum" }>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(shape.values.map(({ name, value }) => [name, value]));
}

/** Drops undefined fields: descriptors omit what is absent. */
function present(fields: Readonly<Record<string, unknown>>): Descriptor {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function isAnnotation(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
