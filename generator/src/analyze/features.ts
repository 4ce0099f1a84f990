import type { Traits } from "../model/model.js";
import {
  type EndpointOptionIr,
  type FeatureIr,
  OperationReference,
  type OperationIr,
  type ServiceIr,
  type StructureIr,
} from "../ir/ir.js";
import {
  disableHostPrefix,
  md5,
  requestChecksumCalculation,
  responseChecksumValidation,
  useQueueUrlAsEndpoint,
} from "./feature-options.js";
import { hasEventStream } from "../ir/event-streams.js";
import { receivesBigNumbers } from "./big-numbers.js";
import { isFilled } from "./filled.js";

/** A part of the runtime, or of a plug-in's package, that some operations need beyond a plain call. */
export interface FeatureSupport {
  /** The function that makes it: a name of the runtime's symbol table, or an export of {@link module}. */
  readonly symbol: string;
  /** What generated code imports the function from, where that is not the runtime: `example-features/audit`. */
  readonly module?: string | undefined;
  /** Packages that generated code needs for it, with their ranges. */
  readonly dependencies?: Readonly<Record<string, string>> | undefined;
  /** What the function is called with for one operation, as data; undefined for an operation that does not need it. */
  arguments(operation: OperationIr, context: FeatureContext): readonly unknown[] | undefined;
  /** Options of clients that it reads: those of a service with an operation that needs it. */
  readonly options?: readonly EndpointOptionIr[] | undefined;
}

/** What decides, beside the facts of the operation, whether it needs a feature. */
export interface FeatureContext {
  /** Traits of the operation, in the model. */
  readonly traits: Traits;
  readonly service: ServiceIr;
}

/** The features of the runtime. The hooks of a stage run in this order. */
export const features: readonly FeatureSupport[] = [
  {
    symbol: "digestChallenge",
    arguments: ({ auth, authSchemes }, { service }) =>
      when(auth !== "none" && (authSchemes ?? service.authSchemes).some(({ symbol }) => symbol === "httpDigest")),
  },
  { symbol: "regionalCopy", arguments: ({ regionalCopy }) => given(regionalCopy) },
  custom("locationConstraint"),
  custom("customerKeys"),
  { symbol: "streamedInput", arguments: ({ input }) => given(streamedMember(input)) },
  { symbol: "eventStreamInput", arguments: ({ input }, { service }) => given(eventStreamOf(input, service)) },
  { symbol: "requestCompression", arguments: ({ requestCompression }) => when(requestCompression?.includes("gzip")) },
  {
    symbol: "requestChecksum",
    arguments: ({ requestChecksum: checksum, input }) =>
      typeof checksum === "object" && streamedMember(input) === undefined ? given(checksum) : undefined,
    options: [requestChecksumCalculation],
  },
  {
    symbol: "trailingChecksum",
    arguments: ({ requestChecksum: checksum, input }) =>
      typeof checksum === "object" && streamedMember(input) !== undefined ? given(checksum) : undefined,
    options: [requestChecksumCalculation],
  },
  { symbol: "contentMd5", arguments: ({ requestChecksum }) => when(requestChecksum === "md5") },
  { symbol: "treeHash", arguments: ({ requestChecksum }) => when(requestChecksum === "treeHash") },
  { symbol: "hostPrefix", arguments: ({ hostPrefix }) => given(hostPrefix), options: [disableHostPrefix] },
  custom("queueUrl", [useQueueUrlAsEndpoint]),
  {
    symbol: "endpointDiscovery",
    arguments: ({ endpointDiscovery }) => endpointDiscovery && discovery(endpointDiscovery),
  },
  custom("messageMd5", [md5]),
  {
    symbol: "responseChecksum",
    arguments: ({ responseChecksum }) => given(responseChecksum),
    options: [responseChecksumValidation],
  },
  custom("expectContinue"),
  { symbol: "exactNumbers", arguments: (operation, { service }) => when(receivesBigNumbers(operation, service)) },
  { symbol: "streamedOutput", arguments: ({ output }) => when(streamedMember(output) !== undefined) },
  { symbol: "eventStreamOutput", arguments: ({ output }, { service }) => given(eventStreamOf(output, service)) },
  {
    symbol: "duplex",
    arguments: ({ input, output }) => when(hasEventStream(input) && hasEventStream(output)),
  },
  custom("bucketRegion"),
  { symbol: "defaults", arguments: (operation, { service }) => when(isFilled(operation, service)) },
];

/** The features of an operation, by its facts after every customization. */
export function featuresOf(
  operation: OperationIr,
  context: FeatureContext,
  supported: readonly FeatureSupport[],
): readonly FeatureIr[] {
  return supported.flatMap((feature) => {
    const found = feature.arguments(operation, context);
    if (!found) return [];
    const { symbol, module, dependencies } = feature;
    return [{ symbol, module, arguments: found, ...(dependencies && { dependencies }) }];
  });
}

/** A feature that a customization adds. */
function custom(symbol: string, options?: readonly EndpointOptionIr[]): FeatureSupport {
  return { symbol, arguments: ({ customFeatures }) => given(customFeatures[symbol]), options };
}

function given(argument: unknown): readonly unknown[] | undefined {
  return argument === undefined ? undefined : [argument];
}

function when(isNeeded: boolean | undefined): readonly unknown[] | undefined {
  return isNeeded ? [] : undefined;
}

function discovery({ operation, required, error, ids }: NonNullable<OperationIr["endpointDiscovery"]>): unknown[] {
  return [
    {
      operation: new OperationReference(operation),
      ...(required && { required }),
      ...(error !== undefined && { error }),
      ...(ids.length > 0 && { ids }),
    },
  ];
}

function streamedMember(shape: StructureIr | undefined): string | undefined {
  return shape?.members.find(({ streaming }) => streaming)?.name;
}

/** The event stream of an input or output, and its errors by the names of their shapes. */
function eventStreamOf(shape: StructureIr | undefined, { shapes, errors }: ServiceIr): unknown {
  const member = shape?.members.find(({ eventStream }) => eventStream);
  if (!member || !("shape" in member.type)) return undefined;
  const union = shapes.get(member.type.shape);
  const named = Object.entries((union?.type === "union" && union.eventErrors) || {}).flatMap(([name, id]) => {
    const error = errors.find((each) => each.id === id);
    return error ? [[name, error.name]] : [];
  });
  return { member: member.name, ...(named.length > 0 && { errors: Object.fromEntries(named) as unknown }) };
}
