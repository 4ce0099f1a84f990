import type { AggregateShape, EnumShape, Model, OperationShape, ServiceShape, ShapeId } from "../model/model.js";
import type { Customization } from "../customizations/customization.js";
import { customizations, customize } from "../customizations/index.js";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import {
  authSchemes,
  type AuthSchemeSupport,
  schemesFor,
  serviceSchemes,
  signingNameOf,
  usableSchemes,
} from "./auth.js";
import { unsupportedChecksums } from "./checksums.js";
import { compare, operationsOf, reach } from "./closure.js";
import { discoveryOptions } from "./endpoint-discovery.js";
import { endpointBdd, readEndpointParameters } from "./endpoint-options.js";
import {
  deepFreeze,
  type ErrorIr,
  type MemberIr,
  type OutputTypes,
  type ServiceIr,
  type ShapeIr,
  type StructureIr,
  type TypeIr,
  type UnionIr,
  type XmlNamespaceIr,
} from "../ir/ir.js";
import { errorsOf, eventErrorsOf, isEventStream } from "./event-streams.js";
import { type FeatureSupport, features, featuresOf } from "./features.js";
import { withGivenEndpoint } from "./given-endpoint.js";
import { groupsOf } from "./groups.js";
import { keepOperations } from "./keep-operations.js";
import { lifecyclesOf } from "./lifecycles.js";
import { MemberReader } from "./members.js";
import { nameAll } from "../ir/names.js";
import { localName, readOperation, unit } from "./operations.js";
import { partition } from "../ir/partition.js";
import { chooseProtocol, protocols } from "./protocols.js";
import { isAwsService } from "./provider.js";
import type { AuthSchemeIr, ProtocolSupport } from "../ir/support.js";
import { docFacts, hasTrait, numberTrait, recordTrait, stringTrait } from "./traits.js";
import { unsupportedOperation, unsupportedService } from "./unsupported.js";

export interface BuildOptions {
  /** Shape ID of the service. Required if the model has several. */
  readonly service?: ShapeId | undefined;
  /** Shape ID or name of the protocol. Default: the preferred one of those that the service declares. */
  readonly protocol?: string | undefined;
  readonly outputs?: OutputTypes | undefined;
  /** Patterns of the operations to keep. Default: all. */
  readonly operations?: readonly string[] | undefined;
  /** Runtime symbols that generated code may import. */
  readonly runtimeSymbols: readonly string[];
  /** Protocols in order of preference. Default: the built-in ones. */
  readonly protocols?: readonly ProtocolSupport[] | undefined;
  /** Auth schemes beside those that the generator brings. */
  readonly authSchemes?: readonly AuthSchemeSupport[] | undefined;
  /** Features beside those that the generator brings; their hooks run after the others. */
  readonly features?: readonly FeatureSupport[] | undefined;
  /** Customizations in addition to the built-in ones. */
  readonly customizations?: readonly Customization[] | undefined;
}

export interface BuildResult {
  /** Undefined if a diagnostic is an error. */
  readonly service: ServiceIr | undefined;
  /** What could be built in spite of errors, to find those of later phases. */
  readonly draft?: ServiceIr | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Builds the intermediate representation (IR) of one service of a model. */
export function buildService(model: Model, options: BuildOptions): BuildResult {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push({ file: model.file, ...diagnostic });
  const chosen = chooseService(model, options.service);
  const shape = "severity" in chosen ? chosen : withGivenEndpoint(chosen);
  if ("severity" in shape) {
    report(shape);
    return { service: undefined, diagnostics };
  }
  const protocol = chooseProtocol(model, shape, options.protocol, options.protocols ?? protocols);
  if ("severity" in protocol) report(protocol);
  const schemes = schemesFor(shape, isAwsService(shape), [...authSchemes, ...(options.authSchemes ?? [])]);
  const wanted = keepOperations(operationsOf(model, shape), shape, options.operations);
  wanted.problems.forEach(report);
  const known = "severity" in protocol ? undefined : protocol;
  const { kept, leftOut } = chooseOperations(model, shape, wanted.kept, known, schemes);
  if (kept.length > 0) leftOut.forEach(report);
  else if (leftOut.length > 0) report(unsupportedService(shape, leftOut));
  // Without a protocol, any finds the other problems of the model.
  const reading = known ?? (options.protocols ?? protocols)[0];
  if (!reading) return { service: undefined, diagnostics };

  unsupportedChecksums(model, kept).forEach(report);
  const usable = schemes.filter(({ operation }) => operation === undefined || isKept(operation, kept));
  const read = new ServiceReader(model, shape, report).read(kept, reading, usable, options);
  const customized = customize(read, [...customizations, ...(options.customizations ?? [])]);
  const service = withFeatures(customized, model, [...features, ...(options.features ?? [])]);
  return { service: hasErrors(diagnostics) ? undefined : deepFreeze(service), draft: service, diagnostics };
}

function isKept(operation: string, kept: readonly OperationShape[]): boolean {
  return kept.some(({ id }) => localName(id) === operation);
}

/** The features of each operation follow from its facts, once every customization has changed them; their options follow. */
function withFeatures(service: ServiceIr, model: Model, supported: readonly FeatureSupport[]): ServiceIr {
  const operations = service.operations.map((operation) => {
    const traits = model.shapes.get(operation.id)?.traits ?? {};
    return { ...operation, features: featuresOf(operation, { traits, service }, supported) };
  });
  const used = new Set(operations.flatMap((operation) => operation.features.map(({ symbol }) => symbol)));
  const options = new Set(supported.flatMap((feature) => (used.has(feature.symbol) ? (feature.options ?? []) : [])));
  const endpointOptions = [...service.endpointOptions, ...options];
  if (service.isAws) return { ...service, operations, endpointOptions };
  // Environment variables and profiles are those of AWS.
  return {
    ...service,
    operations,
    endpointOptions: endpointOptions.map((option) => ({ ...option, source: undefined })),
  };
}

/** Those of the operations that can be generated, and a diagnostic for each of the others. */
function chooseOperations(
  model: Model,
  service: ServiceShape,
  operations: readonly OperationShape[],
  protocol: ProtocolSupport | undefined,
  schemes: readonly AuthSchemeIr[],
): { readonly kept: readonly OperationShape[]; readonly leftOut: readonly Diagnostic[] } {
  const judged = operations.map((operation) => ({
    operation,
    problem: unsupportedOperation(model, service, operation, protocol, schemes),
  }));
  return {
    kept: judged.filter(({ problem }) => !problem).map(({ operation }) => operation),
    leftOut: judged.flatMap(({ problem }) => problem ?? []),
  };
}

function chooseService(model: Model, wanted: ShapeId | undefined): ServiceShape | Diagnostic {
  const services = [...model.shapes.values()].filter((shape) => shape.type === "service");
  const [only, ...others] = wanted === undefined ? services : services.filter(({ id }) => id === wanted);
  if (only && others.length === 0) return only;
  const ids = services.map(({ id }) => id).join(", ");
  if (wanted !== undefined) {
    const message = `The model has no service ${wanted}; it has ${ids || "none"}.`;
    return { severity: "error", code: "no-such-service", message };
  }
  if (services.length === 0)
    return { severity: "error", code: "no-service", message: "The model has no service shape." };
  const message = `The model has several services. Choose one with --service (in code: the option service): ${ids}.`;
  return { severity: "error", code: "several-services", message };
}

class ServiceReader {
  readonly #model: Model;
  readonly #service: ServiceShape;
  readonly #report: (diagnostic: Diagnostic) => void;
  readonly #members: MemberReader;

  constructor(model: Model, service: ServiceShape, report: (diagnostic: Diagnostic) => void) {
    this.#model = model;
    this.#service = service;
    this.#report = report;
    this.#members = new MemberReader(model, report);
  }

  read(
    kept: readonly OperationShape[],
    protocol: ProtocolSupport,
    supported: readonly AuthSchemeIr[],
    options: BuildOptions,
  ): ServiceIr {
    const { traits } = this.#service;
    const errors = this.#readErrors(kept);
    const shapes = this.#readShapes(kept, [...errors.values()]);
    this.#members.reportPatterns();
    const context = {
      model: this.#model,
      service: this.#service,
      shapes,
      errors,
      report: this.#report,
      groups: groupsOf(this.#model, this.#service),
      lifecycles: lifecyclesOf(this.#model, this.#service),
      waiters: new Map<string, ShapeId>(),
      authSchemes: supported,
    };
    const operations = kept
      .map((operation) => readOperation(operation, context))
      .toSorted((left, right) => compare(left.name, right.name));
    const { endpointBuiltIns, endpointOptions } = readEndpointParameters(traits);
    const sdkId = recordTrait(traits, "aws.api#service")?.["sdkId"];
    const sdkIdText = typeof sdkId === "string" ? sdkId : localName(this.#service.id);
    const names = nameAll({
      sdkId: sdkIdText,
      shapes: [...shapes.values()],
      errors: [...errors.values()],
      operations,
      waiters: operations.flatMap(({ waiters }) => waiters.map(({ name }) => name)).toSorted(compare),
      inputs: [...new Set(operations.flatMap(({ input }) => input?.id ?? []))].toSorted(compare),
      runtime: options.runtimeSymbols,
    });
    const references = new Map([...shapes].map(([id, shape]) => [id, referencesOf(shape)]));
    const schemes = usableSchemes(serviceSchemes(this.#model, this.#service), this.#service, supported);
    const used = new Set([schemes, ...operations.map((each) => each.authSchemes ?? [])].flat());
    return {
      id: this.#service.id,
      shapeName: stringTrait(traits, "clientsmith.api2#targetPrefix") ?? localName(this.#service.id),
      version: this.#service.version,
      sdkId: sdkIdText,
      title: stringTrait(traits, "smithy.api#title"),
      documentation: stringTrait(traits, "smithy.api#documentation"),
      isAws: isAwsService(this.#service),
      protocol,
      awsQueryCompatible: hasTrait(traits, "aws.protocols#awsQueryCompatible"),
      noErrorWrapping: recordTrait(traits, "aws.protocols#restXml")?.["noErrorWrapping"] === true,
      signingName: signingNameOf(this.#service),
      authSchemes: schemes,
      authOptions: [...new Set([...used].flatMap((scheme) => scheme.options ?? []))],
      presignedUrls: undefined,
      anyRoot: hasTrait(traits, "clientsmith.api2#anyRoot"),
      headers: undefined,
      retry: undefined,
      xmlNamespace: xmlNamespace(traits["smithy.api#xmlNamespace"]),
      endpointRuleSet: traits["smithy.rules#endpointRuleSet"],
      endpointBdd: endpointBdd(traits),
      endpointBuiltIns,
      endpointOptions: [...endpointOptions, ...discoveryOptions(operations)],
      operations,
      errors: [...errors.values()].toSorted((left, right) => compare(left.name, right.name)),
      shapes,
      references,
      names,
      partition: partition({
        operations: new Map(
          operations.map(({ id, input, output }) => [
            id,
            [input?.id, output?.id].filter((shape) => shape !== undefined),
          ]),
        ),
        errors: [...errors.values()].flatMap(referencesOf),
        references,
        nameOf: (id) => names.shapes.get(id) ?? localName(id),
      }),
      outputs: options.outputs ?? "modelled",
    };
  }

  #readErrors(operations: readonly OperationShape[]): Map<ShapeId, StructureIr> {
    const ids = new Set([
      ...operations.flatMap((operation) => errorsOf(this.#model, operation)),
      ...this.#service.errors,
    ]);
    const errors = new Map<ShapeId, StructureIr>();
    for (const id of [...ids].toSorted(compare)) {
      const shape = this.#model.shapes.get(id);
      if (shape?.type !== "structure") continue;
      const read = this.#aggregate(shape, { inInput: false, inOutput: true });
      if (read.type === "structure") errors.set(id, read);
    }
    return errors;
  }

  /** Shapes reachable from inputs, outputs and errors, sorted by name. */
  #readShapes(operations: readonly OperationShape[], errors: readonly StructureIr[]): Map<ShapeId, ShapeIr> {
    const inputs = reach(this.#model, operations.map(({ input }) => input).filter(isGiven));
    const outputs = reach(this.#model, [
      ...operations.map(({ output }) => output).filter(isGiven),
      ...errors.flatMap(referencesOf),
    ]);
    const calls = new Set(operations.map(({ input }) => input));
    const shapes: ShapeIr[] = [];
    for (const id of new Set([...inputs, ...outputs])) {
      const shape = this.#model.shapes.get(id);
      if (shape?.type === "structure" || shape?.type === "union") {
        const read = this.#aggregate(shape, { inInput: inputs.has(id), inOutput: outputs.has(id) });
        shapes.push(calls.has(id) ? { ...read, members: read.members.map(withoutNeedOfToken) } : read);
      } else if (shape?.type === "enum" || shape?.type === "intEnum") shapes.push(this.#enum(shape));
    }
    return new Map(shapes.toSorted((left, right) => compare(left.id, right.id)).map((shape) => [shape.id, shape]));
  }

  #nameOf(id: ShapeId): string {
    return Object.hasOwn(this.#service.rename, id) ? (this.#service.rename[id] ?? localName(id)) : localName(id);
  }

  #aggregate(
    shape: AggregateShape,
    direction: { readonly inInput: boolean; readonly inOutput: boolean },
  ): StructureIr | UnionIr {
    const eventErrors = isEventStream(shape) ? eventErrorsOf(this.#model, shape) : undefined;
    const members = [...shape.members.values()].filter(({ name }) => !(eventErrors && name in eventErrors));
    const common = {
      id: shape.id,
      name: this.#nameOf(shape.id),
      members: members.map((member) => this.#members.read(member)),
      facts: docFacts(shape.traits),
      ...direction,
      xmlName: stringTrait(shape.traits, "smithy.api#xmlName"),
      xmlNamespace: xmlNamespace(shape.traits["smithy.api#xmlNamespace"]),
    };
    return shape.type === "union"
      ? { type: "union", ...common, eventErrors }
      : { type: "structure", ...common, error: errorTraits(shape) };
  }

  #enum(shape: EnumShape): ShapeIr {
    return {
      type: shape.type,
      id: shape.id,
      name: this.#nameOf(shape.id),
      facts: docFacts(shape.traits),
      values: this.#members.enumValues(shape),
    };
  }
}

/** The runtime fills idempotency tokens, so they are optional for callers even if the model requires them. */
function withoutNeedOfToken(member: MemberIr): MemberIr {
  return member.idempotencyToken ? { ...member, required: false } : member;
}

/** Whether an operation has an input or output. `smithy.api#Unit` means that it has none. */
function isGiven(id: ShapeId): boolean {
  return id !== unit;
}

/** Shape IDs of structures, unions and enums that the members of a shape target, directly or through lists and maps. */
export function referencesOf(shape: ShapeIr): ShapeId[] {
  if (!("members" in shape)) return [];
  return [...new Set(shape.members.flatMap((member) => referencesOfType(member.type)))];
}

function referencesOfType(type: TypeIr): ShapeId[] {
  const inside = (member: MemberIr): ShapeId[] => referencesOfType(member.type);
  if ("shape" in type) return [type.shape];
  if (type.type === "list" && "member" in type) return inside(type.member);
  if (type.type === "map" && "key" in type) return [...inside(type.key), ...inside(type.value)];
  return [];
}

function errorTraits({ traits }: AggregateShape): ErrorIr | undefined {
  const fault = stringTrait(traits, "smithy.api#error");
  if (fault !== "client" && fault !== "server") return undefined;
  const retryable = recordTrait(traits, "smithy.api#retryable");
  const status = numberTrait(traits, "smithy.api#httpError");
  const { code, httpResponseCode } = recordTrait(traits, "aws.protocols#awsQueryError") ?? {};
  return {
    fault,
    status,
    queryErrorCode: typeof code === "string" ? code : undefined,
    queryStatus: typeof httpResponseCode === "number" && httpResponseCode !== status ? httpResponseCode : undefined,
    retryable: retryable && (retryable["throttling"] === true ? "throttling" : true),
  };
}

function xmlNamespace(value: unknown): XmlNamespaceIr | undefined {
  const { uri, prefix } = recordTrait({ value }, "value") ?? {};
  if (typeof uri !== "string") return undefined;
  return typeof prefix === "string" ? { uri, prefix } : { uri };
}
