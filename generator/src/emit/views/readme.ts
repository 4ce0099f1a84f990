import { compare } from "../../analyze/closure.js";
import type { ExampleIr, MemberIr, OperationIr, ServiceIr, StructureIr } from "../../ir/ir.js";
import { summary } from "../../text/comment.js";
import { code, plainText } from "../../text/markup.js";
import { exampleArguments, exampleCall, exampleOptions, identityOptions, instanceName } from "./examples.js";
import type { EmitSettings, PackageAdditions, ViewFile } from "./file.js";
import { leastInput } from "./least-input.js";
import { best, featuredOperation, rank } from "./showcase.js";
import { needsNothing } from "./types.js";

/** `README.md`: how to install and call the package, with calls from the model's examples, and all operations. */
export function emitReadme(
  ir: ServiceIr,
  { packageName }: EmitSettings,
  additions: Required<PackageAdditions>,
): readonly ViewFile[] {
  const shown = featuredOperation(ir);
  const data = {
    packageName,
    intro: intro(ir),
    version: ir.version,
    client: ir.names.client,
    service: ir.names.service,
    model: ir.names.model,
    instance: instanceName(ir),
    isAws: ir.isAws,
    identity: ir.isAws ? "credentials" : "identity",
    options: exampleOptions(ir),
    testing: testingView(ir),
    call: shown && {
      function: functionOf(shown, ir),
      imports: imports(ir.names.client, functionOf(shown, ir)),
      code: exampleOf(shown, ir),
      isTestable: ir.protocol.local && needsNothing(shown.output, ir),
    },
    validator: validatorOf(shown, ir),
    pagination: paginationView(ir),
    hasWaiters: ir.names.waiters.size > 0,
    wait: waitView(ir),
    failure: failureView(ir),
    streams: streamsView(ir, ({ streaming }) => streaming),
    events: streamsView(ir, ({ eventStream }) => eventStream),
    sections: additions.readme,
    operations: ir.operations.map((operation) => ({
      function: functionOf(operation, ir),
      path: `src/operations/${functionOf(operation, ir)}.ts`,
      summary: cell(operation.facts.documentation),
      pages: operation.pagination ? code(ir.names.operations.get(operation.id)?.paginate ?? "") : "",
      waits: operation.waiters.map(({ name }) => code(ir.names.waiters.get(name) ?? "")).join(", "),
    })),
  };
  return [{ path: "README.md", template: "readme", data }];
}

function intro(ir: ServiceIr): string {
  const title = plainText(ir.title ?? ir.sdkId);
  const sentence = summary(ir.documentation);
  return `A typed client for ${title}.${sentence === "" ? "" : ` ${sentence}`}`;
}

/** The imports and the options of a client of a local service. */
function testingView(ir: ServiceIr): { readonly imports: string; readonly options: string } {
  const endpoint = "endpoint: local.endpoint";
  if (!ir.isAws) {
    return { imports: "startLocalService", options: `{ ${[endpoint, ...identityOptions(ir)].join(", ")} }` };
  }
  return {
    imports: "startLocalService, testCredentials",
    options: `{ region: "us-east-1", ${endpoint}, credentials: testCredentials }`,
  };
}

function functionOf(operation: OperationIr, ir: ServiceIr): string {
  return ir.names.operations.get(operation.id)?.function ?? "";
}

function exampleOf(operation: OperationIr, ir: ServiceIr): string {
  return exampleCall(operation, shownCall(operation, ir), ir);
}

/** The input of the shown call: the model's first example, or the smallest input. */
function shownCall({ examples: [first], input }: OperationIr, ir: ServiceIr): Pick<ExampleIr, "input"> {
  return first ?? { input: leastInput(input, ir) };
}

function validatorOf(operation: OperationIr | undefined, ir: ServiceIr): string {
  const named = operation?.input && ir.names.validators.get(operation.input.id);
  return named ?? [...ir.names.validators.values()][0] ?? "validate";
}

function paginationView(ir: ServiceIr): object | undefined {
  const operation = best(
    ir.operations.filter(({ pagination }) => pagination),
    (each) => rank(each, ir) + (each.pagination?.items ? 16 : 0),
  );
  const names = operation && ir.names.operations.get(operation.id);
  if (!names) return undefined;
  const example = shownCall(operation, ir);
  const hasItems = operation.pagination?.items !== undefined;
  const used = `for await (const item of ${names.paginate}${hasItems ? ".items({ limit: 100 })" : ""} {`.length;
  return {
    function: names.paginate,
    imports: imports(ir.names.client, names.paginate),
    hasItems,
    arguments: exampleArguments(operation, example, ir, used),
  };
}

function waitView(ir: ServiceIr): object | undefined {
  const operation = best(
    ir.operations.filter(
      ({ waiters, examples, input }) => waiters.length > 0 && (examples.length > 0 || needsNothing(input, ir)),
    ),
    (each) => rank(each, ir),
  );
  const name = ir.names.waiters.get(operation?.waiters[0]?.name ?? "");
  if (!operation || name === undefined) return undefined;
  const example = shownCall(operation, ir);
  const given = exampleArguments(operation, example, ir, `await ${name}(, { maxWaitTime: 300 });`.length);
  return {
    function: name,
    imports: imports(ir.names.client, name),
    arguments: given === "client" ? "client, {}" : given,
  };
}

/** The operations with a streaming body or an event stream, and its member. */
function streamsView(ir: ServiceIr, isStream: (member: MemberIr) => boolean): object[] | undefined {
  const memberOf = (shape: StructureIr | undefined): string | undefined => {
    const name = shape?.members.find(isStream)?.name;
    return name && code(name);
  };
  const streams = ir.operations.flatMap((operation) => {
    const [sends, gives] = [memberOf(operation.input), memberOf(operation.output)];
    return sends || gives ? [{ function: functionOf(operation, ir), sends, gives }] : [];
  });
  return streams.length > 0 ? streams : undefined;
}

function failureView(ir: ServiceIr): object | undefined {
  const operation = best(
    ir.operations.filter(({ errors }) => errors.length > 0),
    (each) => rank(each, ir) + (notFound(each) ? 1.5 : 0),
  );
  const error = operation && (notFound(operation) ?? operation.errors[0]);
  if (!operation || !error) return undefined;
  const name = ir.names.errors.get(error.id) ?? "";
  return {
    imports: imports(ir.names.client, functionOf(operation, ir), name),
    code: exampleOf(operation, ir).replaceAll("\n", "\n  "),
    error: name,
    union: ir.names.operations.get(operation.id)?.failure ?? "",
  };
}

/** The "not found" error, which callers often expect. */
function notFound({ errors }: OperationIr): StructureIr | undefined {
  return errors.find(({ error }) => error?.status === 404);
}

function imports(...names: string[]): string {
  return names.toSorted(compare).join(", ");
}

/** Text of a table cell. */
function cell(documentation: string | undefined): string {
  return summary(documentation).replaceAll("|", "\\|");
}
