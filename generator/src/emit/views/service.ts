import type { OperationIr, ServiceIr } from "../../ir/ir.js";
import { describeServer, describeService } from "../../ir/descriptor.js";
import { comment, type DocComment, summary } from "../../text/comment.js";
import { Code, literal, propertyKey } from "../../text/literal.js";
import { plainText } from "../../text/markup.js";
import { methodComment } from "./docs.js";
import { requiresEndpoint } from "./endpoint.js";
import type { ClientEmitter } from "./file.js";
import { clientOptionViews } from "./client-options.js";
import { operationView, partCall, schemeCall } from "./operations.js";
import { shapeViews } from "./shapes.js";

/** Modules of shapes that several operations share. */
export const emitShapes: ClientEmitter = (ir) =>
  ir.partition.groups.map(({ name, shapes }) => ({
    path: `src/shapes/${name}.ts`,
    template: "shapes",
    data: { runtime: ir.names.runtime, shapes: shapeViews(shapes, ir) },
  }));

/** Service descriptor, client, service object, and the descriptors of all operations. */
export const emitService: ClientEmitter = (ir) => {
  const { names } = ir;
  const title = ir.title ?? ir.sdkId;
  const common = { runtime: names.runtime, names: { ...names }, title: plainText(title) };
  const operations = ir.operations.map((operation) => methodView(operation, ir));
  const server = describeServer(ir);
  return [
    {
      path: "src/service.ts",
      template: "service",
      data: {
        ...common,
        comment: comment({ facts: [`Descriptor of ${plainText(title)}.`] }),
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
        base: names.runtime[ir.isAws ? "Client" : "PlainClient"],
        baseOptions: names.runtime[ir.isAws ? "ClientOptions" : "PlainClientOptions"],
        requiresEndpoint: requiresEndpoint(ir),
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
          facts: [`Descriptors of ${plainText(title)} and its operations. A local service for tests needs them.`],
        }),
        server: server && literal(server),
        operations,
      },
    },
  ];
};

function serviceFields(ir: ServiceIr): string[] {
  const fields = describeService(ir, {
    protocol: new Code(ir.names.runtime[ir.protocol.symbol] ?? ""),
    resolveEndpoint: new Code(ir.names.resolveEndpoint),
    authSchemes: ir.authSchemes.map((scheme) => schemeCall(scheme, ir)),
    endpointOptions: (options) => partCall("endpointOptions", [options], ir),
  });
  return Object.entries(fields).map(([key, value]) => {
    const text = literal(value);
    return key === text ? key : `${propertyKey(key)}: ${text}`;
  });
}

function clientDoc(ir: ServiceIr, title: string): DocComment {
  return {
    intro: `Configuration and connections for ${plainText(title)}. Every operation is a function that takes a client.`,
    text: ir.documentation,
  };
}

function objectDoc(ir: ServiceIr, title: string): DocComment {
  return {
    intro:
      `${plainText(title)} as an object: a {@link ${ir.names.client}} with one method for each operation. If bundle size ` +
      "matters, call the functions instead: a bundle then contains only the operations that it uses.",
    facts: [summary(ir.documentation)].filter((sentence) => sentence !== ""),
  };
}

function methodView(operation: OperationIr, ir: ServiceIr): object {
  const view = operationView(operation, ir);
  return { ...view, comment: methodComment(operation, `{@link ${String(view["function"])}}`) };
}
