import type { ShapeId } from "../model/model.js";
import { compare } from "../analyze/closure.js";
import {
  type FeatureIr,
  type MemberIr,
  type OperationIr,
  OperationReference,
  type PaginationIr,
  type ServiceIr,
  type ShapeIr,
  type StructureIr,
  type UnionIr,
} from "./ir.js";
import type { ProtocolSupport } from "./ir.js";

/**
 * How a descriptor points at other constants: the emitter answers with names to print, a client that is made at run
 * time with the things themselves.
 */
export interface References {
  /** What stands as `target` of a member that targets a structure or union. */
  target(shape: ShapeId): unknown;
  /** What stands as `enum` of a member that targets an enum. */
  enum(shape: ShapeId): unknown;
}

/** A descriptor, or a part of one, as data: what the runtime's `StructureShape`, `UnionShape` and `Member` describe. */
export type Descriptor = Readonly<Record<string, unknown>>;

/**
 * The descriptor of a structure or union: the traits that the protocol reads, and the constraints. The only function
 * that makes one, whatever it is made for.
 */
export function describeShape(
  shape: StructureIr | UnionIr,
  protocol: ProtocolSupport,
  references: References,
  options: { readonly hostLabels?: boolean } = {},
): Descriptor {
  const members = shape.members.map((member) => {
    const described = describeMember(member, protocol, references, options.hostLabels === true);
    // Counts where a required member is missed in what a service answers.
    const mayBeMissed = shape.inOutput && member.required && member.clientOptional;
    return [member.name, mayBeMissed ? { ...described, clientOptional: true } : described] as const;
  });
  return present({
    type: shape.type,
    name: shape.name,
    members: Object.fromEntries(members),
    xmlName: protocol.xml ? shape.xmlName : undefined,
    xmlNamespace: protocol.xml ? shape.xmlNamespace : undefined,
    error: shape.type === "structure" && shape.error ? present({ ...shape.error }) : undefined,
  });
}

function describeMember(
  member: MemberIr,
  protocol: ProtocolSupport,
  references: References,
  hostLabels: boolean,
): Descriptor {
  const inner = (part: MemberIr): Descriptor => describeMember(part, protocol, references, false);
  const { type } = member;
  const own = describeType(member, references, inner);
  const bindings = Object.entries(member.bindings)
    .filter(([name]) => protocol.bindings.includes(name) || (hostLabels && name === "hostLabel"))
    .map(([name, value]) => [name, isAnnotation(value) ? true : value]);
  return present({
    ...own,
    required: member.required || undefined,
    sensitive: member.sensitive || undefined,
    idempotencyToken: member.idempotencyToken || undefined,
    clientDefault: member.clientDefault,
    // A stream that is empty is one all the same.
    default: member.clientOptional || member.streaming ? undefined : member.default,
    length: member.length,
    range: member.range,
    pattern: member.pattern?.source,
    patternFlags: member.pattern && member.pattern.flags !== "u" ? member.pattern.flags : undefined,
    timestampFormat: type.type === "timestamp" ? member.timestampFormat : undefined,
    mediaType: protocol.http ? member.mediaType : undefined,
    streaming: member.streaming || undefined,
    requiresLength: member.requiresLength || undefined,
    sparse: (type.type === "list" || type.type === "map") && member.sparse ? true : undefined,
    uniqueItems: type.type === "list" && member.uniqueItems ? true : undefined,
    ...Object.fromEntries(bindings),
  });
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
  if (type.type === "enum") return { type: "string", enum: references.enum(type.shape) };
  if (type.type === "intEnum") return { type: "integer", enum: references.enum(type.shape) };
  return { target: references.target(type.shape) };
}

/** The facts of an operation that its descriptor carries beside input, output and errors. */
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
    idempotent: operation.idempotent || undefined,
  });
}

/** The descriptor of a structure or union of a service. What fills host labels is marked where it is asked for only. */
export function describeShapeOf(
  service: Pick<ServiceIr, "operations" | "protocol">,
  shape: StructureIr | UnionIr,
  references: References,
): Descriptor {
  const hostLabels = service.operations.some(
    ({ input, hostPrefix }) => input?.id === shape.id && hostPrefix !== undefined,
  );
  return describeShape(shape, service.protocol, references, { hostLabels });
}

/**
 * The features of an operation, with the descriptors of operations in their arguments.
 *
 * @param operationAt the descriptor of an operation; undefined for one that is not generated: a feature that needs it is left out
 */
export function describeFeatures(
  { features }: OperationIr,
  operationAt: (operation: ShapeId) => unknown,
): readonly FeatureIr[] {
  return features.flatMap((feature) => {
    let isWhole = true;
    const resolve = (value: unknown): unknown => {
      if (value instanceof OperationReference) {
        const operation = operationAt(value.id);
        isWhole &&= operation !== undefined;
        return operation;
      }
      if (Array.isArray(value)) return value.map(resolve);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolve(item)]));
    };
    const resolved = feature.arguments.map(resolve);
    return isWhole ? [{ ...feature, arguments: resolved }] : [];
  });
}

/** How an operation pages: what the runtime's `Pagination` describes. */
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

/** How an operation of the classic service object pages; undefined where it does not. */
export function describeClassicPagination({ pagination, classicPagination }: OperationIr): Descriptor | undefined {
  return classicPagination ?? (pagination && describePagination(pagination));
}

/** The constant of a service: what the runtime's `Service` describes. */
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
    anyRoot: service.anyRoot || undefined,
    headers: service.headers,
    xmlNamespace: service.protocol.xml ? service.xmlNamespace : undefined,
    awsQueryCompatible: service.awsQueryCompatible || undefined,
    protocol: parts.protocol,
    resolveEndpoint: parts.resolveEndpoint,
    endpointBuiltIns: service.endpointBuiltIns,
    endpointOptions:
      service.endpointOptions.length > 0 ? parts.endpointOptions(describeEndpointOptions(service)) : undefined,
  });
}

/** Options that only clients of this service have. */
export function describeEndpointOptions({ endpointOptions }: Pick<ServiceIr, "endpointOptions">): Descriptor {
  return Object.fromEntries(
    endpointOptions.map(({ name, parameter, type, values, default: fallback, source }) => [
      name,
      present({ parameter, type, values, default: values ? fallback : undefined, source }),
    ]),
  );
}

/** Descriptor of an operation's missing input or output. */
export const emptyStructure: Descriptor = { type: "structure", name: "Unit", members: {} };

/** Enum constants, by member name. */
export function describeEnum(shape: Extract<ShapeIr, { type: "enum" | "intEnum" }>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(shape.values.map(({ name, value }) => [name, value]));
}

/** Only what is there: a descriptor says nothing by `undefined`. */
function present(fields: Readonly<Record<string, unknown>>): Descriptor {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function isAnnotation(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
