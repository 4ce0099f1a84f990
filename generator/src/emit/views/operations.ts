import type { ShapeId } from "../../model/model.js";
import { describeFeatures, describeOperation, describePagination, emptyStructure } from "../../ir/descriptor.js";
import type { MemberIr, OperationIr, ServiceIr, StructureIr } from "../../ir/ir.js";
import type { AuthSchemeIr } from "../../ir/support.js";
import { comment } from "../../text/comment.js";
import { Code, literal, propertyKey } from "../../text/literal.js";
import { operationComment } from "./docs.js";
import type { ClientEmitter, ViewFile } from "./file.js";
import { shapeViews } from "./shapes.js";
import { needsNothing, typeText } from "./types.js";
import { contextParamsFunction, waiterViews } from "./paths.js";

/** One module for each operation: its function, and the shapes that only it uses. */
export const emitOperations: ClientEmitter = (ir) => ir.operations.map((operation) => operationFile(operation, ir));

function operationFile(operation: OperationIr, ir: ServiceIr): ViewFile {
  const own = ir.partition.operations.get(operation.id) ?? [];
  const names = ir.names.operations.get(operation.id);
  return {
    path: `src/operations/${names?.function ?? ""}.ts`,
    template: "operation",
    reexports: sharedNames(operation, new Set(own), ir),
    data: {
      runtime: ir.names.runtime,
      shapes: shapeViews(own, ir),
      comment: operationComment(operation, ir),
      failureComment: comment({ facts: [`Modelled errors of {@link ${names?.function ?? ""}}.`] }),
      ...operationView(operation, ir),
    },
  };
}

/** Template data of an operation, for its module and for the service object. */
export function operationView(operation: OperationIr, ir: ServiceIr): Readonly<Record<string, unknown>> {
  const names = ir.names.operations.get(operation.id);
  const name = (shape: StructureIr | undefined): string | undefined => shape && ir.names.shapes.get(shape.id);
  const input = name(operation.input);
  const output = name(operation.output);
  const descriptor = describeOperation(operation, ir.protocol);
  const bearer = ir.names.runtime["MetadataBearer"] ?? "";
  const page = output === undefined ? bearer : `${output} & ${bearer}`;
  return {
    function: names?.function,
    failure: names?.failure,
    failures: operation.errors.map((error) => ir.names.errors.get(error.id) ?? "").join(" | ") || "never",
    client: ir.names.client,
    wireName: literal(operation.name),
    inputDescriptor: input === undefined ? literal(emptyStructure) : `${input}$`,
    outputDescriptor: output === undefined ? literal(emptyStructure) : `${output}$`,
    errors: operation.errors.map((error) => ir.names.errors.get(error.id) ?? ""),
    rest: [
      ...Object.entries(descriptor).map(([key, value]) => `${propertyKey(key)}: ${literal(value)}`),
      ...contextParamsFunction(operation, ir),
      ...featuresView(operation, ir),
      ...authSchemesView(operation, ir),
    ],
    inputType: input ?? "Record<string, never>",
    outputType: output ?? "object",
    resultType: page,
    inputDefault: needsNothing(operation.input, ir) ? " = {}" : "",
    pagination: paginationView(operation, page, ir),
    waiters: waiterViews(operation, page, ir),
  };
}

function featuresView(operation: OperationIr, ir: ServiceIr): string[] {
  const features = describeFeatures(operation, (id) => {
    const name = ir.names.operations.get(id)?.function;
    return name === undefined ? undefined : new Code(`${name}$`);
  });
  if (features.length === 0) return [];
  const calls = features.map((feature) => partCall(feature.symbol, feature.arguments, ir));
  return [`features: ${literal(calls)}`];
}

function authSchemesView({ authSchemes }: OperationIr, ir: ServiceIr): string[] {
  if (!authSchemes) return [];
  return [`authSchemes: ${literal(authSchemes.map((scheme) => schemeCall(scheme, ir)))}`];
}

/** The call that makes an auth scheme. */
export function schemeCall(scheme: AuthSchemeIr, ir: ServiceIr): Code {
  return partCall(scheme.symbol, scheme.arguments ?? [], ir);
}

/** The call that makes a feature or an auth scheme. Bundlers drop it together with an operation that is not used. */
export function partCall(symbol: string, parameters: readonly unknown[], { names }: ServiceIr): Code {
  const list = parameters.map((parameter) => literal(parameter)).join(", ");
  return new Code(`/* @__PURE__ */ ${names.runtime[symbol] ?? symbol}(${list})`);
}

function paginationView(operation: OperationIr, page: string, ir: ServiceIr): object | undefined {
  const { pagination } = operation;
  if (!pagination) return undefined;
  const { items } = pagination;
  const name = ir.names.operations.get(operation.id)?.function ?? "";
  const text = [
    `Pages of {@link ${name}}, requested during iteration.`,
    ...(items ? ["`items()` iterates over the items of all pages."] : []),
  ];
  return {
    function: ir.names.operations.get(operation.id)?.paginate,
    comment: comment({ facts: text }),
    methodComment: comment({ facts: text }, 2),
    of: name,
    page,
    item: items ? itemType(items.member, ir) : "never",
    description: literal(describePagination(pagination)),
  };
}

/** Items of a list are its elements, items of a map its entries. */
function itemType({ type, sparse }: MemberIr, ir: ServiceIr): string {
  const element = (member: MemberIr): string => `${typeText(member, "output", ir)}${sparse ? " | null" : ""}`;
  if ("member" in type) return element(type.member);
  return "key" in type ? `[key: string, value: ${element(type.value)}]` : "never";
}

/** Names from other modules that callers of the operation may need. The operation's subpath re-exports all of them. */
function sharedNames(operation: OperationIr, own: ReadonlySet<ShapeId>, ir: ServiceIr): string[] {
  const names = new Set(operation.errors.map(({ id }) => ir.names.errors.get(id) ?? ""));
  const seen = new Set<ShapeId>();
  const open = [operation.input?.id, operation.output?.id].filter((id) => id !== undefined);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (!own.has(id)) {
      names.add(ir.names.shapes.get(id) ?? "");
      const validator = ir.names.validators.get(id);
      if (validator !== undefined && operation.input?.id === id) names.add(validator);
    }
    open.push(...(ir.references.get(id) ?? []));
  }
  return [...names];
}
