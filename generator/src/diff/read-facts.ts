import { createHash } from "node:crypto";
import { memberDeclaration } from "../emit/views/types.js";
import { describeFeatures, describeOperation, describeService } from "../ir/descriptor.js";
import type { DocFacts, EnumIr, MemberIr, OperationIr, ServiceIr, ShapeIr, StructureIr, UnionIr } from "../ir/ir.js";
import type { AuthSchemeIr } from "../ir/support.js";
import { errorFields } from "../ir/reserved.js";
import type {
  ErrorFacts,
  MemberFacts,
  OperationFacts,
  PagesFacts,
  SchemeFacts,
  ServiceFacts,
  ShapeFacts,
} from "./facts.js";

/** The facts of the client that would be generated. */
export function readFacts(service: ServiceIr): ServiceFacts {
  const { names } = service;
  const named = <T>(entries: readonly (readonly [string | undefined, T])[]): Record<string, T> =>
    Object.fromEntries(entries.flatMap(([name, value]) => (name === undefined ? [] : [[name, value] as const])));
  return present({
    id: service.id,
    sdkId: service.sdkId,
    outputs: service.outputs,
    protocol: service.protocol.id,
    wire: wireFacts(service),
    signingName: service.signingName,
    authSchemes: service.authSchemes.map(schemeFacts),
    isPlain: service.isAws ? undefined : true,
    names: {
      service: names.service,
      client: names.client,
      clientOptions: names.clientOptions,
      model: names.model,
      resolveEndpoint: names.resolveEndpoint,
    },
    options: Object.fromEntries([
      ...service.endpointOptions.map(
        ({ name, type, values, default: fallback }) => [name, present({ type, values, default: fallback })] as const,
      ),
      ...service.authOptions.flatMap(({ names: own, type }) => own.map((name) => [name, { type }] as const)),
    ]),
    rules: rulesOf(service),
    operations: named(
      service.operations.map((operation) => [
        names.operations.get(operation.id)?.function,
        operationFacts(operation, service),
      ]),
    ),
    errors: named(service.errors.map((error) => [names.errors.get(error.id), errorShapeFacts(error, service)])),
    shapes: named(
      [...service.shapes.values()].map((shape) => [names.shapes.get(shape.id), shapeFacts(shape, service)]),
    ),
    doc: hashOf([service.title, service.documentation]),
  });
}

/** The facts of the service's descriptor, without its endpoint and its authentication. */
function wireFacts(service: ServiceIr): Record<string, unknown> {
  const parts = { protocol: undefined, resolveEndpoint: undefined, authSchemes: [], endpointOptions: () => undefined };
  const described = describeService(service, parts);
  const elsewhere = new Set("name sdkId signingName authOptions endpointBuiltIns endpointOptions".split(" "));
  return Object.fromEntries(Object.entries(described).filter(([field]) => !elsewhere.has(field)));
}

function rulesOf({ endpointRuleSet, endpointBdd }: ServiceIr): ServiceFacts["rules"] {
  if (endpointRuleSet !== undefined) return { form: "ruleSet", rules: endpointRuleSet };
  return endpointBdd === undefined ? undefined : { form: "bdd", rules: endpointBdd };
}

function schemeFacts({ name, family, arguments: given }: AuthSchemeIr): SchemeFacts {
  return { name, family, ...(given && { arguments: given }) };
}

function operationFacts(operation: OperationIr, service: ServiceIr): OperationFacts {
  const { names, protocol } = service;
  const own = names.operations.get(operation.id);
  const described = describeOperation(operation, protocol);
  // Streams and defaults are facts of members; the others have fields of their own.
  const elsewhere = new Set([
    ..."http auth idempotent streamedInput streamedOutput defaults".split(" "),
    ..."eventStreamInput eventStreamOutput duplex".split(" "),
  ]);
  const parts = describeFeatures(operation, (id) => names.operations.get(id)?.function);
  const features = Object.entries({
    ...described,
    ...Object.fromEntries(parts.map(({ symbol, arguments: given }) => [symbol, given.length > 0 ? given : true])),
    operationContextParams: operation.operationContextParams,
  });
  return present({
    id: operation.id,
    name: operation.name,
    failure: own?.failure ?? "",
    input: operation.input && names.shapes.get(operation.input.id),
    output: operation.output && names.shapes.get(operation.output.id),
    errors: operation.errors.map(({ id }) => names.errors.get(id) ?? ""),
    idempotent: operation.idempotent || undefined,
    auth: operation.auth,
    authSchemes: operation.authSchemes?.map(schemeFacts),
    http: protocol.http ? operation.http : undefined,
    features: Object.fromEntries(features.filter(([field, value]) => value !== undefined && !elsewhere.has(field))),
    pages: pagesFacts(operation, service),
    waiters: Object.fromEntries(
      operation.waiters.map(({ name, acceptors, minDelay, maxDelay, facts }) => [
        names.waiters.get(name) ?? name,
        present({
          acceptors,
          delays: [minDelay, maxDelay] as const,
          deprecated: facts.deprecated ? (true as const) : undefined,
        }),
      ]),
    ),
    // Doc comments show the input of an example, not its output.
    ...documented(
      operation.facts,
      operation.examples.map(({ title, documentation, input }) => ({ title, documentation, input })),
    ),
  });
}

function pagesFacts({ id, pagination }: OperationIr, service: ServiceIr): PagesFacts | undefined {
  if (!pagination) return undefined;
  const { inputToken, outputToken, items, pageSize } = pagination;
  const type = items?.member.type;
  const of = type && "member" in type ? ("list" as const) : ("map" as const);
  const element = type && ("member" in type ? type.member : "value" in type ? type.value : undefined);
  return present({
    function: service.names.operations.get(id)?.paginate ?? "",
    tokens: present({ input: inputToken, output: outputToken, size: pageSize }),
    items:
      items && element
        ? {
            path: items.path.join("."),
            of,
            item: present({ ...memberFacts(element, service), sparse: items.member.sparse || undefined }),
          }
        : undefined,
  });
}

function errorShapeFacts(error: StructureIr, service: ServiceIr): ShapeFacts {
  const { members = {}, ...facts } = aggregateFacts(error, service);
  const shown = Object.entries(members)
    // Every error has a message.
    .filter(([name]) => name !== "message")
    .map(([name, member]) => [errorFields.has(name) ? `$${name}` : name, member] as const);
  return { ...facts, members: Object.fromEntries(shown) };
}

function shapeFacts(shape: ShapeIr, service: ServiceIr): ShapeFacts {
  return "members" in shape ? aggregateFacts(shape, service) : enumFacts(shape);
}

function aggregateFacts(shape: StructureIr | UnionIr, service: ServiceIr): ShapeFacts {
  const { names, protocol } = service;
  const members = shape.members.map((member) => {
    const isOptional = shape.type === "structure" && memberDeclaration(member, shape, service).optional;
    return [member.name, present({ ...memberFacts(member, service), optional: isOptional || undefined })] as const;
  });
  return present({
    id: shape.id,
    kind: shape.type,
    inInput: shape.inInput || undefined,
    inOutput: shape.inOutput || undefined,
    members: Object.fromEntries(members),
    validator: names.validators.get(shape.id),
    error: shape.type === "structure" && shape.error ? errorFacts(shape) : undefined,
    xml: protocol.xml ? (shape.xmlName ?? shape.xmlNamespace) : undefined,
    ...documented(shape.facts),
  });
}

function errorFacts({ name, error }: StructureIr): ErrorFacts | undefined {
  return error && present({ name, ...error });
}

function enumFacts({ id, type, values, facts }: EnumIr): ShapeFacts {
  return present({
    id,
    kind: type,
    values: Object.fromEntries(values.map(({ name, value }) => [name, value])),
    ...documented(
      facts,
      values.flatMap((each) => [each.facts.documentation, each.facts.deprecated]),
    ),
  });
}

function memberFacts(member: MemberIr, service: ServiceIr): MemberFacts {
  const { type } = member;
  const read = service.protocol.bindings;
  const bindings = Object.entries({
    ...Object.fromEntries(
      Object.entries(member.bindings).filter(
        ([name]) => read.includes(name) || ["hostLabel", "eventHeader", "eventPayload"].includes(name),
      ),
    ),
    timestampFormat: type.type === "timestamp" ? member.timestampFormat : undefined,
    mediaType: service.protocol.http || "eventPayload" in member.bindings ? member.mediaType : undefined,
  }).filter(([, value]) => value !== undefined);
  const when = (fact: boolean): true | undefined => fact || undefined;
  return present({
    type: type.type,
    target: "shape" in type ? service.names.shapes.get(type.shape) : undefined,
    member: "member" in type ? memberFacts(type.member, service) : undefined,
    key: "key" in type ? memberFacts(type.key, service) : undefined,
    value: "value" in type ? memberFacts(type.value, service) : undefined,
    required: when(member.required),
    sparse: when(member.sparse && (type.type === "list" || type.type === "map")),
    streaming: when(member.streaming || member.eventStream),
    requiresLength: when(member.requiresLength),
    sensitive: when(member.sensitive),
    idempotencyToken: when(member.idempotencyToken),
    default: member.clientOptional ? undefined : member.default,
    clientDefault: member.clientDefault,
    length: member.length,
    range: member.range,
    pattern: member.pattern && `/${member.pattern.source}/${member.pattern.flags}`,
    uniqueItems: when(member.uniqueItems),
    contextParam: member.contextParam,
    bindings: bindings.length > 0 ? Object.fromEntries(bindings) : undefined,
    ...documented(member.facts, [member.recommended]),
  });
}

function documented(
  { documentation, deprecated, links }: DocFacts,
  more: readonly unknown[] = [],
): { readonly doc: string | undefined; readonly deprecated: true | undefined } {
  return {
    doc: hashOf([documentation, deprecated, links, ...more]),
    deprecated: deprecated ? true : undefined,
  };
}

/** Short: it only has to differ where documentation does. Undefined where there is none. */
function hashOf(parts: readonly unknown[]): string | undefined {
  const text = JSON.stringify(parts.filter((part) => part !== undefined));
  return /\w/.test(text) ? createHash("sha256").update(text).digest("hex").slice(0, 8) : undefined;
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Only what is there. */
function present<const T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
