import { classicFacts, serviceIdentifier } from "../../customizations/classic.js";
import { describeClassicPagination } from "../../ir/descriptor.js";
import { hasEventStream } from "../../ir/event-streams.js";
import type { OperationIr, ServiceIr, StructureIr } from "../../ir/ir.js";
import { lowerFirst } from "../../ir/names.js";
import { comment, summary } from "../../text/comment.js";
import { literal, propertyKey } from "../../text/literal.js";
import { plainText } from "../../text/markup.js";
import { methodComment } from "./docs.js";
import { hasClassicMethod } from "./examples.js";
import type { ClientEmitter } from "./file.js";
import { operationView } from "./operations.js";

/** The classic service object (AWS SDK v2 style), on its own subpath, for services that AWS SDK v2 may have. */
export const emitClassic: ClientEmitter = (ir) => {
  if (!ir.isAws) return [];
  const { names } = ir;
  const title = plainText(ir.title ?? ir.sdkId);
  // Service objects send no events; the runtime rejects calls that types cannot prevent.
  const supported = ir.operations.filter(({ input }) => !hasEventStream(input));
  const operations = supported.map((operation) => ({
    operation,
    view: classicTypes(operationView(operation, ir), operation, ir),
  }));
  const waiters = operations.flatMap(({ operation, view: { function: method, inputType, outputType } }) =>
    operation.waiters.map(({ name, maxAttempts }) => ({
      state: propertyKey(lowerFirst(name)),
      function: names.waiters.get(name),
      operation: literal(method ?? ""),
      inputType,
      outputType,
      maxAttempts,
    })),
  );
  const { textPayloads, memberTypes } = classicFacts(ir);
  return [
    {
      path: "src/classic.ts",
      template: "classic",
      isApart: true,
      namespaces: { Types$: "src/index.ts" },
      data: {
        runtime: names.runtime,
        names: { ...names },
        identifier: literal(serviceIdentifier(ir)),
        className: ownClassName(ir),
        textPayloads: textPayloads && literal(textPayloads),
        memberTypes: memberTypes && literal(memberTypes),
        version: literal(ir.version),
        isPresigned: ir.presignedUrls !== undefined,
        hasEvents: supported.some(({ output }) => hasEventStream(output)),
        comment: comment({
          intro:
            `${title} as a service object in the style of AWS SDK v2. Each operation is a method that takes parameters ` +
            "and an optional callback and returns a request.",
          facts: [summary(ir.documentation)].filter((sentence) => sentence !== ""),
        }),
        operations: operations.map(({ operation, view }) => ({
          ...view,
          hasItems: operation.pagination?.items !== undefined,
          pages: pagesOf(operation),
          isMethod: hasClassicMethod(operation, ir),
          comment: methodComment(operation, `{@link Types$.${String(view["function"])} | ${String(view["function"])}}`),
        })),
        hasPaginators: supported.some((operation) => pagesOf(operation) !== undefined),
        waiters,
        types: [...names.shapes.values()].filter((name) => name !== names.service).toSorted(),
      },
    },
  ];
};

/** The name of the class in AWS SDK v2, where it is another one and no shape has it. */
function ownClassName(ir: ServiceIr): string | undefined {
  const { className } = classicFacts(ir);
  const taken = className === ir.names.service || [...ir.names.shapes.values()].includes(className ?? "");
  return taken ? undefined : className;
}

type View = ReturnType<typeof operationView>;

/** The types that AWS SDK v2 has for parameters and data, where they are others than those of the functions. */
function classicTypes(view: View, operation: OperationIr, ir: ServiceIr): View {
  const { textPayloads = [], memberTypes = {}, textParams = [] } = classicFacts(ir);
  const { runtime } = ir.names;
  const { input, output, regionalCopy } = operation;
  let inputType = String(view["inputType"]);
  let outputType = String(view["outputType"]);
  if (output?.members.some(({ streaming }) => streaming))
    outputType = `${runtime["ClassicGathered"] ?? ""}<${outputType}>`;
  if (hasEventStream(output)) outputType = `${runtime["ClassicStreamed"] ?? ""}<${outputType}>`;
  const payload = output?.members.find(({ bindings }) => "httpPayload" in (bindings ?? {}))?.name;
  if (payload !== undefined && textPayloads.includes(String(view["function"]))) {
    outputType = retyped(outputType, { [payload]: "string" }, ir);
  }
  // Parameters may have either type.
  const params = Object.fromEntries(
    [...Object.keys(memberTypes), ...textParams].map((name) => [name, "number | string"]),
  );
  if (hasMember(input, params, ir)) inputType = retyped(inputType, params, ir);
  if (hasMember(output, memberTypes, ir)) outputType = retyped(outputType, memberTypes, ir);
  // The Region of the source, which AWS SDK v2 takes there and does not send.
  if (regionalCopy && regionalCopy.destination === undefined) inputType += " & { SourceRegion?: string | undefined }";
  return { ...view, inputType, outputType };
}

function retyped(type: string, types: Readonly<Record<string, string>>, { names: { runtime } }: ServiceIr): string {
  const members = Object.entries(types).map(([name, each]) => `${propertyKey(name)}: ${each}`);
  return `${runtime["ClassicRetyped"] ?? ""}<${type}, { ${members.join("; ")} }>`;
}

/** Whether a structure, or one inside it, has a member of these names. */
function hasMember(structure: StructureIr | undefined, types: object, ir: ServiceIr): boolean {
  return (structure?.members ?? []).some(({ name, type }) => {
    if (Object.hasOwn(types, name)) return true;
    const inner = type.type === "structure" ? ir.shapes.get(type.shape) : undefined;
    return inner?.type === "structure" && inner.members.some((member) => Object.hasOwn(types, member.name));
  });
}

function pagesOf(operation: OperationIr): string | undefined {
  const described = describeClassicPagination(operation);
  return described && literal(described);
}
