import { type Emitter, literal, type OperationIr, type ServiceIr } from "../../plugin.js";
import { schemaOf } from "./schema.js";

export const version = 1;

const runtime = JSON.stringify("@clientsmith/runtime/interop/json-form");

/** A module with the JSON Schemas of each operation, and one that exports all. */
export const emitters: readonly Emitter[] = [
  (ir, { packageName }) => {
    const functions = ir.operations.map(({ id }) => ir.names.operations.get(id)?.function ?? "");
    const [first] = functions;
    if (first === undefined) return [];
    const index = "src/json-schema.ts";
    const text = [
      `export { inputFromJson, type JsonSchema, type OperationSchema, outputToJson } from ${runtime};`,
      ...functions.map((name) => `export { ${name}Schema } from "./json-schema/${name}.js";`),
    ];
    return {
      files: [
        { path: index, text: `${text.join("\n")}\n`, isApart: true },
        ...ir.operations.map((operation, at) => ({
          path: `src/json-schema/${functions[at] ?? ""}.ts`,
          text: moduleText(operation, functions[at] ?? "", ir),
          isApart: true,
        })),
      ],
      additions: {
        exports: { "./json-schema": index, "./json-schema/*": "src/json-schema/*.ts" },
        readme: readmeText(ir, packageName),
      },
    };
  },
];

function moduleText({ input, output }: OperationIr, name: string, ir: ServiceIr): string {
  return `import type { OperationSchema } from ${runtime};

/** JSON Schemas of the JSON form of the input and the output of {@link ${name}}. */
export const ${name}Schema: OperationSchema = {
input: ${literal(schemaOf(input, "input", ir))},
output: ${literal(schemaOf(output, "output", ir))},
};
`;
}

function readmeText(ir: ServiceIr, packageName: string): string {
  const shown = ir.operations.find(({ input }) => input && ir.names.validators.has(input.id));
  const name = ir.names.operations.get(shown?.id ?? "")?.function ?? "";
  const shape = ir.names.shapes.get(shown?.input?.id ?? "") ?? "";
  const validator = ir.names.validators.get(shown?.input?.id ?? "") ?? "";
  const example = `
\`\`\`ts
import { ${shape}$, ${validator} } from "${packageName}/${name}";
import { ${name}Schema, inputFromJson } from "${packageName}/json-schema";

console.log(JSON.stringify(${name}Schema.input));

const input = inputFromJson(${shape}$, JSON.parse(text));
const issues = ${validator}(input);
\`\`\`
`;
  return `## JSON Schema
${shown ? example : ""}
\`${packageName}/json-schema\` has JSON Schemas (2020-12) of the JSON form of each input and output: blobs as base64 text, timestamps
as date-time text, integers beyond 2^53 and decimal numbers as text, NaN and infinities by name. \`inputFromJson\` reads that form.
Schemas of inputs have all constraints of the model; schemas of outputs have types alone.`;
}
