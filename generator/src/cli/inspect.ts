import type { Model, OperationShape, ServiceShape } from "../model/model.js";
import { formatDiagnostic, hasErrors } from "../diagnostics.js";
import { authSchemes, type AuthSchemeSupport, isSupported, serviceSchemes, signingNameOf } from "../analyze/auth.js";
import { operationsOf } from "../analyze/closure.js";
import { endpointTrait } from "../analyze/given-endpoint.js";
import { isTool } from "../emitters/mcp/is-tool.js";
import { hasEventStream } from "../ir/event-streams.js";
import type { OperationIr, ServiceIr } from "../ir/ir.js";
import { chooseProtocol, declaredProtocols, protocols } from "../analyze/protocols.js";
import type { ProtocolSupport } from "../ir/support.js";
import { hasTrait, recordTrait, stringTrait } from "../analyze/traits.js";
import { clientJobs, readConfig } from "./client-jobs.js";
import { type Invocation, UsageError } from "./invocation.js";
import { loadPlugins } from "./plugins.js";
import { readModelFiles } from "./produce.js";
import { type CliIo, count, type Terminal } from "./terminal.js";

/** Runs `clientsmith inspect`: reports the content of a model, and what is supported, for each service. */
export async function runInspect(invocation: Invocation, { cwd }: CliIo, terminal: Terminal): Promise<number> {
  const configured = await readConfig(cwd, terminal);
  if (!configured) return 1;
  const [job, ...others] = clientJobs(invocation, configured, cwd);
  if (!job || others.length > 0) throw new UsageError("inspect requires one model: clientsmith inspect MODEL.");
  const { model, place, diagnostics } = await readModelFiles(job);
  terminal.diagnose(diagnostics);
  if (!model) return 1;
  const loaded = await loadPlugins(job.plugins, cwd);
  if ("problem" in loaded) {
    terminal.error(loaded.problem);
    return 1;
  }

  const { generate, readService } = await import("../generate.js");
  const wanted = job.service;
  const services = [...model.shapes.values()]
    .filter((shape) => shape.type === "service")
    .filter(({ id }) => wanted === undefined || id === wanted);
  if (services.length === 0) terminal.diagnose(readService(model, { service: wanted }).diagnostics);
  let failed = services.length === 0;
  for (const shape of services) {
    // Generate in memory, because some unsupported features are only detected then.
    const read = await generate(model, { service: shape.id, operations: job.operations }, loaded.plugin);
    const found = place(read.diagnostics);
    const unsupported = found.filter(({ code, severity }) => code.startsWith("unsupported-") || severity === "error");
    terminal.diagnose(found.filter((diagnostic) => !unsupported.includes(diagnostic)));
    const { protocols: added = [], authSchemes: schemes = [] } = loaded.plugin;
    const lines = declared(model, shape, read.service, added, schemes);
    for (const line of [...lines, ...(read.service ? generated(read.service) : [])]) terminal.result(line);
    const isComplete = unsupported.length === 0 && !lines.some((line) => line.includes("not supported"));
    terminal.result(isComplete ? "Everything is supported" : "Not supported");
    for (const diagnostic of unsupported) terminal.result(`  ${formatDiagnostic(diagnostic)}`);
    failed ||= hasErrors(found);
  }
  return failed ? 1 : 0;
}

/** What the model declares for a service, whether it can be generated or not. */
function declared(
  model: Model,
  shape: ServiceShape,
  service: ServiceIr | undefined,
  added: readonly ProtocolSupport[],
  schemes: readonly AuthSchemeSupport[],
): string[] {
  const { id, version, traits } = shape;
  const sdkId = recordTrait(traits, "aws.api#service")?.["sdkId"];
  const title = stringTrait(traits, "smithy.api#title") ?? (typeof sdkId === "string" ? sdkId : id.split("#")[1]);
  const operations = operationsOf(model, shape);
  const kept = service?.operations.length ?? 0;
  // A service that is rejected for other reasons still has a protocol.
  const chosen = chooseProtocol(model, shape, undefined, [...added, ...protocols]);
  const protocol = "severity" in chosen ? undefined : chosen.id;
  const others = declaredProtocols(shape, model).filter((each) => each !== protocol);
  return [
    `Service     ${title} (${id}), version ${version}`,
    `Protocol    ${protocol ?? "none"}${others.length > 0 ? `; also declares ${others.join(", ")}` : ""}`,
    `Auth        ${authOf(model, shape, service, [...authSchemes, ...schemes])}`,
    `Endpoints   ${endpointsOf(shape)}`,
    ...discoveryOf(shape, operations),
    `Operations  ${kept === operations.length ? kept : `${kept} of ${operations.length}`}`,
  ];
}

function authOf(
  model: Model,
  shape: ServiceShape,
  service: ServiceIr | undefined,
  supported: readonly AuthSchemeSupport[],
): string {
  const schemes = serviceSchemes(model, shape);
  const [usable, others] = [true, false].map((wanted) =>
    schemes.filter((id) => isSupported(id, supported) === wanted),
  ) as [string[], string[]];
  const name = signingNameOf(shape);
  const chosen = usable.length === 0 ? "none" : usable.join(", ");
  return [
    name === undefined ? chosen : `${chosen}, signing name ${name}`,
    ...(service?.authOptions ?? []).flatMap(({ names }) => names.map((option) => `client option ${option}`)),
    ...(others.length > 0 ? [`not supported: ${others.join(", ")}`] : []),
  ].join("; ");
}

/** Auth schemes that only some endpoints require, and that clients do not support. */
const endpointSchemes = ["sigv4-s3express"];

function endpointsOf({ traits }: ShapeTraits): string {
  const rules = recordTrait(traits, "smithy.rules#endpointRuleSet");
  const diagram = recordTrait(traits, "smithy.rules#endpointBdd");
  const source = rules ?? diagram;
  const url = stringTrait(traits, endpointTrait);
  if (!source && url !== undefined) return url;
  if (!source) return "set by the caller, because the model has no endpoint rules";
  const parameters = Object.keys(recordTrait(source, "parameters") ?? {}).length;
  const text = JSON.stringify(source);
  const unsupported = endpointSchemes.filter((name) => text.includes(`"name":"${name}"`));
  return [
    `${rules ? "rule set" : "decision diagram"} of ${count(parameters, "parameter")}`,
    ...(unsupported.length > 0 ? [`not supported: signing by ${unsupported.join(", ")}`] : []),
  ].join("; ");
}

function discoveryOf({ traits }: ShapeTraits, operations: readonly OperationShape[]): string[] {
  if (!hasTrait(traits, "aws.api#clientEndpointDiscovery")) return [];
  const of = (isRequired: boolean): number =>
    operations.filter((operation) => {
      const trait = recordTrait(operation.traits, "aws.api#clientDiscoveredEndpoint");
      return trait && (trait["required"] === true) === isRequired;
    }).length;
  return [`Discovery   required by ${count(of(true), "operation")}, optional for ${of(false)}`];
}

type ShapeTraits = Pick<ServiceShape, "traits">;

/** What a generated client of the service offers. */
function generated({ operations }: ServiceIr): string[] {
  const noTools = operations.filter((operation) => !isTool(operation)).map(({ name }) => name);
  return [
    ...operations.map((operation) => `  ${operation.name}${marks(operation)}`),
    ...(noTools.length > 0
      ? [`No tools    ${noTools.join(", ")}: events of an input cannot be sent by --emit mcp`]
      : []),
    `Paginators  ${operations.filter(({ pagination }) => pagination).length}`,
    ...operations.flatMap(paginator),
    `Waiters     ${operations.flatMap(({ waiters }) => waiters).length}`,
    ...operations.flatMap(({ name, waiters }) => waiters.map((waiter) => `  ${waiter.name}: ${name}`)),
  ];
}

function marks({ auth, readonly, idempotent, input, output, facts: { deprecated } }: OperationIr): string {
  const repeats = readonly ? "readonly" : idempotent && "idempotent";
  const streams = Object.entries({ input, output }).flatMap(([name, shape]) => {
    if (hasEventStream(shape)) return [`${name} events`];
    return shape?.members.some(({ streaming }) => streaming) ? [`${name} streamed`] : [];
  });
  const marked = [auth && `auth: ${auth}`, repeats, ...streams, deprecated && "deprecated"].filter(Boolean);
  return marked.length > 0 ? ` (${marked.join(", ")})` : "";
}

function paginator({ name, pagination }: OperationIr): string[] {
  if (!pagination) return [];
  const { inputToken, outputToken, items, pageSize, moreResults, endsOnSameToken } = pagination;
  const of = items ? `, items ${items.path.join(".")}` : "";
  const size = pageSize === undefined ? "" : `, page size ${pageSize}`;
  const more = moreResults ? `, while ${moreResults.join(".")}` : "";
  const end = endsOnSameToken ? ", until the token is repeated" : "";
  return [`  ${name}: ${inputToken} from ${outputToken.join(".")}${of}${size}${more}${end}`];
}
