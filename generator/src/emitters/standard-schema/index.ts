import type { Emitter } from "../../plugin.js";

export const version = 1;

/** A Standard Schema for each structure that has a validator. */
export const emitters: readonly Emitter[] = [
  ({ names }, { packageName }) => {
    const taken = new Set(names.shapes.values());
    const schemas = [...names.validators.keys()].map((id) => {
      const shape = names.shapes.get(id) ?? "";
      let schema = `${shape}Schema`;
      while (taken.has(schema)) schema = `_${schema}`;
      taken.add(schema);
      return { shape, schema };
    });
    const [first] = schemas;
    if (!first) return [];
    const path = "src/standard-schema.ts";
    return {
      files: [{ path, isApart: true, text: moduleText(schemas) }],
      additions: {
        exports: { "./standard-schema": path },
        readme: readmeText(first.schema, packageName),
      },
    };
  },
];

function moduleText(schemas: readonly { readonly shape: string; readonly schema: string }[]): string {
  const constants = schemas.map(
    ({ shape, schema }) =>
      `/** Checks a {@link ${shape}} against all constraints of the model. */\n` +
      `export const ${schema}: StandardSchema<${shape}> = /* @__PURE__ */ standardSchema(${shape}$);\n`,
  );
  const from = '"@clientsmith/runtime/interop/standard-schema"';
  return `import { type StandardSchema, standardSchema } from ${from};\n\n${constants.join("\n")}`;
}

function readmeText(schema: string, packageName: string): string {
  return `## Standard Schema

\`\`\`ts
import { ${schema} } from "${packageName}/standard-schema";

const result = await ${schema}["~standard"].validate(input);
\`\`\`

Libraries that accept [Standard Schema](https://standardschema.dev) check inputs with these constants. The issues have the same
\`path\` and \`message\` as those of the functions \`validateX\`.`;
}
