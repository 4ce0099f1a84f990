import type { ClassicPagination, ServiceDefinition } from "@clientsmith/runtime/classic";
import {
  type Endpoint,
  EndpointError,
  type EndpointParameters,
  type Service,
  type ServiceModel,
} from "@clientsmith/runtime/codegen/v1";
import { readModel } from "../model/smithy/read.js";
import type { Source } from "../model/source/source.js";
import { type Diagnostic, formatDiagnostic, hasErrors } from "../diagnostics.js";
import { readBdd, readRuleSet } from "../endpoints/compile.js";
import { describeClassicPagination, describeServer, describeService } from "../ir/descriptor.js";
import { hasEventStream } from "../ir/event-streams.js";
import type { ServiceIr } from "../ir/ir.js";
import type { Plugin } from "../plugin.js";
import { readService } from "../read-service.js";
import { classicFacts, serviceIdentifier } from "../customizations/classic.js";
import { missingRules } from "../emit/views/endpoint.js";
import { evaluateRules } from "./endpoint.js";
import { runtimeOperations } from "./operations.js";
import { loadParts, makePart } from "./parts.js";
import { runtimeWaiters } from "./waiters.js";

export interface ServiceModelOptions {
  /** Shape ID of the service. Required if the model has several. */
  readonly service?: string | undefined;
  /** Protocol to use if the service declares several: its name (`rpcv2Cbor`) or shape ID. */
  readonly protocol?: string | undefined;
  /** Protocols, auth schemes, features, customizations and trait handlers beside those of the generator. */
  readonly plugin?: Plugin | undefined;
  /**
   * Imports a package that the plugin names: `(module) => import(module)`. Needed if only the caller can resolve the package.
   * Default: an import from this package.
   */
  readonly importModule?: ((module: string) => Promise<object>) | undefined;
  /** Called for each part of the model that is left out or not checked, with the reason. */
  readonly onDiagnostic?: ((diagnostic: Diagnostic) => void) | undefined;
}

/** The model is invalid, or no client can be created from it. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  /** All problems, including warnings. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const problems = diagnostics.filter(({ severity }) => severity === "error");
    super(["No client can be created from this model.", ...problems.map(formatDiagnostic)].join("\n"));
    this.diagnostics = diagnostics;
  }
}

/**
 * Creates the definition of a client at run time, without generated code:
 * `Service.defineService(await serviceModel(json))`. Its descriptors, endpoint rules and waiters are those that
 * `clientsmith generate` would print.
 *
 * @param model a Smithy model (JSON AST) or an AWS api-2 description, as text or parsed. The latter may contain
 * `paginators` and `waiters`, as models of AWS SDK v2 do
 * @throws ModelError if the model has errors; it lists all of them
 */
export async function serviceModel(
  model: string | object,
  options: ServiceModelOptions = {},
): Promise<ServiceDefinition> {
  const read = readModel(sourceOf(model));
  if (!read.model) throw new ModelError(placed(read.diagnostics, model));
  const { service: ir, diagnostics } = readService(read.model, options, options.plugin);
  const rules = ir && endpointResolver(ir);
  const found = placed([...read.diagnostics, ...diagnostics, ...(rules?.diagnostics ?? [])], model);
  if (!ir || !rules || hasErrors(found)) throw new ModelError(found);
  for (const diagnostic of found) options.onDiagnostic?.(diagnostic);

  const { operations } = ir;
  const needed = [
    ir.protocol,
    { symbol: "endpointOptions" },
    ...[ir.authSchemes, ...operations.map((operation) => operation.authSchemes ?? [])].flat(),
    ...operations.flatMap(({ features }) => features),
    ...(hasEvents(ir) ? [{ symbol: "classicEventStreams" }] : []),
  ];
  const parts = await loadParts(needed, options.importModule);
  const protocol = parts.get(ir.protocol.symbol);
  const made = runtimeOperations(ir, parts);
  const authSchemes = ir.authSchemes.map((scheme) => makePart(parts, scheme.symbol, scheme.arguments ?? []));
  const { resolveEndpoint } = rules;
  const server = describeServer(ir);
  const described: ServiceModel = {
    service: describeService(ir, {
      protocol,
      resolveEndpoint,
      authSchemes,
      endpointOptions: (facts) => makePart(parts, "endpointOptions", [facts]),
    }) as unknown as Service,
    ...(server && { server }),
    operations: made,
  };
  const { textPayloads, memberTypes } = classicFacts(ir);
  return {
    model: described,
    serviceIdentifier: serviceIdentifier(ir),
    apiVersions: [ir.version],
    paginators: runtimePaginators(ir),
    waiters: runtimeWaiters(ir),
    ...(textPayloads && { textPayloads }),
    ...(memberTypes && { memberTypes }),
    ...(hasEvents(ir) && {
      eventStreams: parts.get("classicEventStreams") as NonNullable<ServiceDefinition["eventStreams"]>,
    }),
  };
}

/** Whether a service object can return events. */
function hasEvents({ operations }: ServiceIr): boolean {
  return operations.some(({ output }) => hasEventStream(output));
}

function sourceOf(model: string | object): Source {
  return { file: "model", text: typeof model === "string" ? model : JSON.stringify(model) };
}

/** Removes line numbers if the model is an object, because they refer to its text. */
function placed(diagnostics: readonly Diagnostic[], model: string | object): Diagnostic[] {
  if (typeof model === "string") return [...diagnostics];
  return diagnostics.map(({ file: _file, line: _line, column: _column, ...rest }) => rest);
}

function runtimePaginators({ operations, names }: ServiceIr): NonNullable<ServiceDefinition["paginators"]> {
  return Object.fromEntries(
    operations.flatMap((operation) => {
      const described = describeClassicPagination(operation);
      if (!described) return [];
      return [[names.operations.get(operation.id)?.function ?? "", described as unknown as ClassicPagination]];
    }),
  );
}

interface Rules {
  readonly resolveEndpoint: (parameters: EndpointParameters) => Endpoint;
  readonly diagnostics: readonly Diagnostic[];
}

/** The service's endpoint rules. Without rules, the endpoint is that of the caller. */
function endpointResolver(service: ServiceIr): Rules {
  const { endpointRuleSet, endpointBdd } = service;
  if (endpointRuleSet === undefined && endpointBdd === undefined) {
    return { resolveEndpoint: givenEndpoint(service), diagnostics: [] };
  }
  const options = { shapeId: service.id };
  const { parameters, code, diagnostics } =
    endpointRuleSet === undefined ? readBdd(endpointBdd, options) : readRuleSet(endpointRuleSet, options);
  return { resolveEndpoint: code ? evaluateRules(parameters, code) : givenEndpoint(service), diagnostics };
}

function givenEndpoint(service: ServiceIr): Rules["resolveEndpoint"] {
  return ({ Endpoint: endpoint }) => {
    if (typeof endpoint !== "string") throw new EndpointError(missingRules(service));
    return { url: endpoint.replace(/\/+$/, "") };
  };
}
