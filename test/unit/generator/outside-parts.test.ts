import { generate, type GenerateResult } from "clientsmith";
import { describe, expect, it } from "vitest";
import type { Plugin } from "clientsmith/plugin";
import { joinPlugins } from "#generator/join-plugins.js";
import { modelOf, operation, structure } from "./ir/support/model.js";

const model = modelOf({
  GetIt: operation("In", "Unit"),
  PutIt: operation("In", "Unit"),
  In: structure({ a: "String" }),
});

/** A plug-in with one feature, for the operations of these names. */
function plugin(symbol: string, module: string, operations: readonly string[] = ["GetIt", "PutIt"]): Plugin {
  return {
    features: [{ symbol, module, arguments: ({ name }) => (operations.includes(name) ? [module] : undefined) }],
  };
}

const run = (...plugins: readonly Plugin[]): Promise<GenerateResult> => generate(model, {}, joinPlugins(plugins));

describe("parts of plug-ins with the same name", () => {
  it.each([
    ["in one operation", plugin("gate", "example-a"), plugin("gate", "example-b")],
    ["in two operations", plugin("gate", "example-a", ["GetIt"]), plugin("gate", "example-b", ["PutIt"])],
  ])("are an error that names both modules: %s", async (_what, ...plugins) => {
    const { files, diagnostics } = await run(...plugins);
    expect(files).toBeUndefined();
    expect(diagnostics).toEqual([
      {
        severity: "error",
        code: "ambiguous-part",
        shapeId: "t#Service",
        message:
          "example-a and example-b both export gate, which the package would have to import under one name. Use one of the plug-ins, or rename one of the exports.",
      },
    ]);
  });

  it("are an error if the runtime has that name, whether it is a part or not", async () => {
    for (const symbol of ["hostPrefix", "invoke"]) {
      const { files, diagnostics } = await run(plugin(symbol, "example-a"));
      expect(files).toBeUndefined();
      expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
        ["ambiguous-part", expect.stringMatching(`^@clientsmith/runtime and example-a both export ${symbol}, `)],
      ]);
    }
  });

  it("are no error if they are the same export, or if the service uses one of them", async () => {
    const same = await run(plugin("gate", "example-a", ["GetIt"]), plugin("gate", "example-a", ["PutIt"]));
    expect([same.diagnostics, same.files?.get("src/operations/getIt.ts")]).toEqual([
      [],
      expect.stringContaining('import { gate } from "example-a";'),
    ]);
    const one = await run(plugin("gate", "example-a"), plugin("gate", "example-b", []));
    expect([one.diagnostics, one.files === undefined]).toEqual([[], false]);
  });
});
