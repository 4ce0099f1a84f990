import { exampleProblems } from "../model/smithy/example-values.js";
import type { Model, OperationShape, ServiceShape } from "../model/model.js";
import type { Diagnostic } from "../diagnostics.js";
import type { ExampleIr, HttpIr, OperationIr, ShapeIr, StructureIr } from "../ir/ir.js";
import type { AuthSchemeIr } from "../ir/support.js";
import { operationAuth, ownSchemes } from "./auth.js";
import { requestChecksumOf, responseChecksumOf } from "./checksums.js";
import { compare } from "./closure.js";
import { readOperationContextParams } from "./context-params.js";
import { readEndpointDiscovery } from "./endpoint-discovery.js";
import { errorsOf } from "./event-streams.js";
import type { LifecycleBinding } from "./lifecycles.js";
import { readPagination } from "./pagination.js";
import { docFacts, hasTrait, listTrait, recordTrait, stringTrait } from "./traits.js";
import { readWaiters } from "./waiters.js";

export const unit = "smithy.api#Unit";

interface OperationContext {
  readonly model: Model;
  readonly service: ServiceShape;
  readonly shapes: ReadonlyMap<string, ShapeIr>;
  readonly errors: ReadonlyMap<string, StructureIr>;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly groups: ReadonlyMap<string, string>;
  readonly lifecycles: ReadonlyMap<string, LifecycleBinding>;
  /** Operations of the waiters read so far, by waiter name in lower case. */
  readonly waiters: Map<string, string>;
  /** The auth schemes that generated clients can use. */
  readonly authSchemes: readonly AuthSchemeIr[];
}

export function readOperation(shape: OperationShape, context: OperationContext): OperationIr {
  const { service, shapes, report } = context;
  const input = structureAt(shape.input, shapes);
  const output = structureAt(shape.output, shapes);
  const pagination = readPagination(shape, service, input, output, shapes);
  if (pagination && "severity" in pagination) report(pagination);
  const readonly = hasTrait(shape.traits, "smithy.api#readonly");
  const binding = context.lifecycles.get(shape.id);
  const errorIds = new Set([...errorsOf(context.model, shape), ...service.errors]);
  const errors = [...errorIds]
    .flatMap((id) => context.errors.get(id) ?? [])
    .toSorted((left, right) => compare(left.name, right.name));
  return {
    id: shape.id,
    name: localName(shape.id),
    input,
    output,
    errors,
    facts: docFacts(shape.traits),
    group: context.groups.get(shape.id),
    lifecycle: binding?.lifecycle,
    noReplace: binding?.lifecycle === "put" && binding.noReplace,
    readonly,
    idempotent: readonly || hasTrait(shape.traits, "smithy.api#idempotent"),
    auth: operationAuth(context.model, service, shape, context.authSchemes),
    authSchemes: ownSchemes(context.model, service, shape, context.authSchemes),
    longPoll: hasTrait(shape.traits, "smithy.api#longPoll"),
    unsignedPayload: hasTrait(shape.traits, "aws.auth#unsignedPayload"),
    http: httpOf(shape),
    labelPrefixes: undefined,
    lateErrors: false,
    xmlUnwrapped: hasTrait(shape.traits, "aws.customizations#s3UnwrappedXmlOutput"),
    requestChecksum: requestChecksumOf(shape),
    responseChecksum: responseChecksumOf(shape),
    requestCompression: requestCompressionOf(shape),
    hostPrefix: hostPrefixOf(shape),
    staticContextParams: staticContextParamsOf(shape),
    operationContextParams: readOperationContextParams(shape, input, shapes, report),
    endpointDiscovery: readEndpointDiscovery(context.model, service, shape),
    regionalCopy: undefined,
    customFeatures: {},
    features: [],
    pagination: pagination && "severity" in pagination ? undefined : pagination,
    classicPagination: recordTrait(shape.traits, "clientsmith.api2#pagination"),
    waiters: readWaiters({ shape, input, output, errors, shapes }, context.waiters, report),
    examples: examplesOf(shape, context.model),
  };
}

export function localName(id: string): string {
  return id.slice(id.indexOf("#") + 1);
}

function structureAt(id: string, shapes: ReadonlyMap<string, ShapeIr>): StructureIr | undefined {
  const shape = id === unit ? undefined : shapes.get(id);
  return shape?.type === "structure" ? shape : undefined;
}

function httpOf(shape: OperationShape): HttpIr | undefined {
  const trait = recordTrait(shape.traits, "smithy.api#http");
  if (!trait) return undefined;
  const { method, uri, code } = trait;
  if (typeof method !== "string" || typeof uri !== "string") return undefined;
  return { method, uri, code: typeof code === "number" ? code : 200 };
}

/** Encodings of `smithy.api#requestCompression`, in order of preference. Undefined without the trait. */
function requestCompressionOf(shape: OperationShape): readonly string[] | undefined {
  const encodings = recordTrait(shape.traits, "smithy.api#requestCompression")?.["encodings"];
  return Array.isArray(encodings) ? encodings.filter((encoding) => typeof encoding === "string") : undefined;
}

function hostPrefixOf(shape: OperationShape): string | undefined {
  const prefix = recordTrait(shape.traits, "smithy.api#endpoint")?.["hostPrefix"];
  return typeof prefix === "string" ? prefix : undefined;
}

function staticContextParamsOf(shape: OperationShape): OperationIr["staticContextParams"] {
  const trait = recordTrait(shape.traits, "smithy.rules#staticContextParams");
  if (!trait) return undefined;
  return Object.fromEntries(
    Object.entries(trait).map(([name, parameter]) => [
      name,
      (parameter as { readonly value: string | boolean | readonly string[] }).value,
    ]),
  );
}

/** Examples that type check: those that show an error and those that do not match the input shape are omitted. */
function examplesOf(shape: OperationShape, { shapes }: Model): ExampleIr[] {
  const target = shapes.get(shape.input);
  const result = shapes.get(shape.output);
  const context = { find: (id: string) => shapes.get(id), isPartial: false };
  const partial = { ...context, isPartial: true };
  return (listTrait(shape.traits, "smithy.api#examples") ?? []).flatMap((example) => {
    const record = recordTrait({ example }, "example");
    if (!record || record["error"] !== undefined) return [];
    const { input = {}, output } = record;
    const fits = output !== undefined && result && exampleProblems(output, result, "output", partial).length === 0;
    if (!target || exampleProblems(input, target, "input", context).length > 0) return [];
    // The call is rejected: its path would be that of another resource.
    const isLabel = (name: string): boolean =>
      target.type === "structure" && hasTrait(target.members.get(name)?.traits ?? {}, "smithy.api#httpLabel");
    if (Object.entries(input as object).some(([name, value]) => value === "" && isLabel(name))) return [];
    return {
      title: stringTrait(record, "title") ?? "",
      documentation: stringTrait(record, "documentation"),
      input: input as Readonly<Record<string, unknown>>,
      output: fits ? (output as Readonly<Record<string, unknown>>) : undefined,
    };
  });
}
