import type { OperationIr, ServiceIr } from "../../ir/ir.js";
import { describeService } from "../../ir/descriptor.js";
import { comment, type DocComment } from "../../text/comment.js";
import { Code, literal, propertyKey } from "../../text/literal.js";
import { plainText } from "../../text/markup.js";
import { operationComment } from "./docs.js";
import type { Emitter } from "./file.js";
import { clientOptionViews } from "./client-options.js";
import { operationView, partCall } from "./operations.js";
import { shapeViews } from "./shapes.js";

/** Modules of shapes that several operations share. */
export const emitShapes: Emitter = (ir) =>
  ir.partition.groups.map(({ name, shapes }) => ({
    path: `src/shapes/${name}.ts`,
    template: "shapes",
    data: { runtime: ir.names.runtime, shapes: shapeViews(shapes, ir) },
  }));

/** Client, service constant, service object, and the service with its operations as data. */
export const emitService: Emitter = (ir) => {
  const { names } = ir;
  const title = ir.title ?? ir.sdkId;
  const common = { runtime: names.runtime, names: { ...names }, title: plainText(title) };
  const operations = ir.operations.map((operation) => methodView(operation, ir));
  return [
    {
      path: "src/service.ts",
      template: "service",
      data: {
        ...common,
        comment: comment({ facts: [`${plainText(title)}, as its model describes it.`] }),
        fields: serviceFields(ir),
      },
    },
    {
      path: "src/client.ts",
      template: "client",
      data: {
        serviceName: literal(names.service),
        ...common,
        comment: comment(clientDoc(ir, title)),
        optionsComment: comment({ facts: [`Options of {@link ${names.client}}.`] }),
        options: clientOptionViews(ir),
        authOptions: ir.authOptions.map(({ type }) => names.runtime[type] ?? type),
      },
    },
    {
      path: `src/${names.service}.ts`,
      template: "service-object",
      data: { ...common, comment: comment(objectDoc(ir, title)), operations },
    },
    {
      path: "src/model.ts",
      template: "model",
      data: {
        ...common,
        comment: comment({
          facts: [`${plainText(title)} with its operations, as data: what a local service for tests is fed with.`],
        }),
        operations,
      },
    },
  ];
};

function serviceFields(ir: ServiceIr): string[] {
  const fields = describeService(ir, {
    protocol: new Code(ir.names.runtime[ir.protocol.symbol] ?? ""),
    resolveEndpoint: new Code(ir.names.resolveEndpoint),
    authSchemes: ir.authSchemes.map(({ symbol }) => partCall(symbol, [], ir)),
    endpointOptions: (options) => partCall("endpointOptions", [options], ir),
  });
  return Object.entries(fields).map(([key, value]) => {
    const text = literal(value);
    return key === text ? key : `${propertyKey(key)}: ${text}`;
  });
}

function clientDoc(ir: ServiceIr, title: string): DocComment {
  return {
    intro: `Configuration and connections for ${plainText(title)}; every operation is a function that takes it.`,
    text: ir.documentation,
  };
}

function objectDoc(ir: ServiceIr, title: string): DocComment {
  return {
    intro:
      `${plainText(title)} as an object: a {@link ${ir.names.client}} with one method an operation. Where the size of a ` +
      "bundle matters, call the functions: a bundle then holds only those.",
    text: ir.documentation,
  };
}

function methodView(operation: OperationIr, ir: ServiceIr): object {
  return { ...operationView(operation, ir), comment: operationComment(operation, ir, 2) };
}
