import { describeClassicPagination } from "../../ir/descriptor.js";
import type { OperationIr, ServiceIr } from "../../ir/ir.js";
import { lowerFirst } from "../../ir/names.js";
import { classicMembers } from "../../ir/reserved.js";
import { comment, summary } from "../../text/comment.js";
import { literal, propertyKey } from "../../text/literal.js";
import { plainText } from "../../text/markup.js";
import { methodComment } from "./docs.js";
import type { Emitter } from "./file.js";
import { operationView } from "./operations.js";

/** The classic service object (AWS SDK v2 style), on its own subpath. */
export const emitClassic: Emitter = (ir) => {
  const { names } = ir;
  const title = plainText(ir.title ?? ir.sdkId);
  const operations = ir.operations.map((operation) => ({
    operation,
    view: gathered(operationView(operation, ir), operation, ir),
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
        version: literal(ir.version),
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
          isMethod: !classicMembers.has(names.operations.get(operation.id)?.function ?? ""),
          comment: methodComment(operation, `{@link Types$.${String(view["function"])} | ${String(view["function"])}}`),
        })),
        hasPaginators: ir.operations.some((operation) => pagesOf(operation) !== undefined),
        waiters,
        types: [...names.shapes.values()].filter((name) => name !== names.service).toSorted(),
      },
    },
  ];
};

/** The classic object buffers streaming bodies, which functions return as streams. */
function gathered(
  view: ReturnType<typeof operationView>,
  { output }: OperationIr,
  { names }: ServiceIr,
): ReturnType<typeof operationView> {
  if (!output?.members.some(({ streaming }) => streaming)) return view;
  return { ...view, outputType: `${names.runtime["ClassicGathered"] ?? ""}<${String(view["outputType"])}>` };
}

function pagesOf(operation: OperationIr): string | undefined {
  const described = describeClassicPagination(operation);
  return described && literal(described);
}

/** Key of the service in the AWS SDK v2 configuration: `cloudtrail`. */
export function serviceIdentifier({ sdkId }: ServiceIr): string {
  return sdkId.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
