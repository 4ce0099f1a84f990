import { formatDiagnostic, hasErrors } from "../diagnostics.js";
import type { OperationIr, ServiceIr } from "../ir/ir.js";
import { type Invocation, UsageError } from "./commands.js";
import { readModelFile } from "./produce.js";
import { type CliIo, type Terminal } from "./terminal.js";

/** `clientsmith inspect`: what a model holds and what of it is supported. */
export async function runInspect({ models }: Invocation, { cwd }: CliIo, terminal: Terminal): Promise<number> {
  const [file] = models;
  if (file === undefined || models.length > 1)
    throw new UsageError("inspect needs one model: clientsmith inspect MODEL.json.");
  const { model, diagnostics } = await readModelFile({ model: file, cwd, overlays: [] });
  terminal.diagnose(diagnostics);
  if (!model) return 1;

  const { readService } = await import("../generate.js");
  const read = readService(model);
  const unsupported = read.diagnostics.filter(({ code }) => code.startsWith("unsupported-"));
  terminal.diagnose(read.diagnostics.filter((diagnostic) => !unsupported.includes(diagnostic)));
  if (read.service) for (const line of facts(read.service)) terminal.result(line);
  terminal.result(unsupported.length > 0 ? "Not supported" : "Everything is supported");
  for (const diagnostic of unsupported) terminal.result(`  ${formatDiagnostic(diagnostic)}`);
  return read.service && !hasErrors(read.diagnostics) ? 0 : 1;
}

function facts(service: ServiceIr): string[] {
  const { title, sdkId, id, version, protocol, signingName, operations } = service;
  return [
    `Service     ${title ?? sdkId} (${id}), version ${version}`,
    `Protocol    ${protocol.id}`,
    `Auth        ${signingName === undefined ? "none" : `aws.auth#sigv4, signing name ${signingName}`}`,
    `Operations  ${operations.length}`,
    ...operations.map((operation) => `  ${operation.name}${marks(operation)}`),
    `Paginators  ${operations.filter(({ pagination }) => pagination).length}`,
    ...operations.flatMap(paginator),
    `Waiters     ${operations.flatMap(({ waiters }) => waiters).length}`,
    ...operations.flatMap(({ name, waiters }) => waiters.map((waiter) => `  ${waiter.name}: ${name}`)),
  ];
}

function marks({ auth, idempotent, facts: { deprecated } }: OperationIr): string {
  const marked = [auth && `auth: ${auth}`, idempotent && "idempotent", deprecated && "deprecated"].filter(Boolean);
  return marked.length > 0 ? ` (${marked.join(", ")})` : "";
}

function paginator({ name, pagination }: OperationIr): string[] {
  if (!pagination) return [];
  const { inputToken, outputToken, items, pageSize } = pagination;
  const of = items ? `, items ${items.path.join(".")}` : "";
  const size = pageSize === undefined ? "" : `, page size ${pageSize}`;
  return [`  ${name}: ${inputToken} from ${outputToken.join(".")}${of}${size}`];
}
