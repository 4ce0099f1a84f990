import { formatDiagnostic, type Model, readModel } from "clientsmith";
import { codegenSymbols } from "#runtime/symbols.js";
import { buildService, type BuildOptions, type BuildResult } from "#generator/analyze/build.js";
import type { ServiceIr } from "#generator/ir/ir.js";

/** Shapes in JSON AST by their name in the namespace `t`. */
export type Shapes = Readonly<Record<string, object>>;

/** A service `t#Service` with the operations among some shapes. */
export function modelOf(shapes: Shapes, service: object = {}): Model {
  const operations = Object.keys(shapes).filter((name) => (shapes[name] as { type: string }).type === "operation");
  const all = {
    Service: {
      type: "service",
      version: "1",
      operations: operations.map((name) => ({ target: `t#${name}` })),
      traits: { "aws.protocols#awsJson1_1": {}, "aws.api#service": { sdkId: "Test Service" } },
      ...service,
    },
    ...shapes,
  };
  const text = JSON.stringify({
    smithy: "2.0",
    shapes: Object.fromEntries(
      Object.entries(all).map(([name, shape]) => [name.includes("#") ? name : `t#${name}`, shape]),
    ),
  });
  const { model, diagnostics } = readModel({ file: "test.json", text });
  if (!model) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  return model;
}

export function build(model: Model, options: Partial<BuildOptions> = {}): BuildResult {
  return buildService(model, { runtimeSymbols: Object.keys(codegenSymbols), ...options });
}

/** The facts of a model that gives no error. */
export function serviceOf(shapes: Shapes, service: object = {}): ServiceIr {
  const { service: ir, diagnostics } = build(modelOf(shapes, service));
  if (!ir) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  return ir;
}

/** A structure whose members have these targets and traits, traits by their name in `smithy.api`. */
export function structure(
  members: Readonly<Record<string, string | [target: string, traits: object]>>,
  traits: object = {},
): object {
  return {
    type: "structure",
    members: Object.fromEntries(
      Object.entries(members).map(([name, member]) => {
        const [target, own] = typeof member === "string" ? [member, {}] : member;
        return [name, { target: absolute(target), traits: prelude(own) }];
      }),
    ),
    traits: prelude(traits),
  };
}

export function operation(input: string, output: string, traits: object = {}, errors: readonly string[] = []): object {
  return {
    type: "operation",
    input: { target: absolute(input) },
    output: { target: absolute(output) },
    errors: errors.map((error) => ({ target: absolute(error) })),
    traits: prelude(traits),
  };
}

const preludeShapes = new Set([
  "Unit",
  "String",
  "Integer",
  "Boolean",
  "Timestamp",
  "Blob",
  "Double",
  "Document",
  "Long",
]);

export function absolute(name: string): string {
  if (name.includes("#")) return name;
  return preludeShapes.has(name) ? `smithy.api#${name}` : `t#${name}`;
}

export function prelude(traits: object): object {
  return Object.fromEntries(
    Object.entries(traits).map(([name, value]) => [name.includes("#") ? name : `smithy.api#${name}`, value as unknown]),
  );
}
