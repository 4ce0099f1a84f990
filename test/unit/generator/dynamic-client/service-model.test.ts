import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudTrailModel } from "@clientsmith/cloudtrail/model";
import { CloudTrail } from "@clientsmith/cloudtrail/classic";
import { isServiceError } from "@clientsmith/runtime";
import { ModelError, serviceModel } from "clientsmith";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "#generator/diagnostics.js";
import { loadParts } from "#generator/dynamic-client/parts.js";
import { protocols } from "#generator/analyze/protocols.js";
import { root } from "../../../support/shared.js";
import { shown } from "./support/shown.js";

const text = readFileSync(join(root, "model/cloudtrail.json"), "utf8");

describe("a service that is made of its model at run time", () => {
  it("is what the generated package declares", async () => {
    const { model, ...rest } = await serviceModel(text);
    const { resolveEndpoint: _made, ...service } = model.service;
    const { resolveEndpoint: _generated, ...generated } = CloudTrailModel.service;
    expect(shown(service)).toEqual(shown(generated));
    expect(service.protocol).toBe(generated.protocol);
    expect(shown(model.operations)).toEqual(shown(CloudTrailModel.operations));
    expect(Object.keys(model.operations)).toEqual(Object.keys(CloudTrailModel.operations));
    const { model: _model, ...classic } = CloudTrail.definition;
    expect({ ...rest, waiters: undefined }).toEqual({ ...classic, waiters: undefined });
  });

  it("resolves endpoints as the generated package does", async () => {
    const { service } = (await serviceModel(text)).model;
    for (const Region of ["eu-west-1", "us-gov-west-1", "cn-north-1", "new-land-7"]) {
      for (const UseFIPS of [true, false]) {
        for (const UseDualStack of [true, false]) {
          const parameters = { Region, UseFIPS, UseDualStack };
          expect(service.resolveEndpoint(parameters)).toEqual(CloudTrailModel.service.resolveEndpoint(parameters));
        }
      }
    }
  });

  it("takes a parsed model as well, and leaves it as it is", async () => {
    const parsed = JSON.parse(text) as object;
    const definition = await serviceModel(parsed);
    expect(shown(definition.model.operations)).toEqual(shown(CloudTrailModel.operations));
    expect(parsed).toEqual(JSON.parse(text));
  });

  it("has classes for the modelled errors", async () => {
    const { getTrail } = (await serviceModel(text)).model.operations;
    const NotFound = getTrail?.errors?.find(({ shape }) => shape.name === "TrailNotFoundException");
    if (!NotFound) throw new Error("no class");
    const error = new NotFound({ message: "none" });
    expect(error).toBeInstanceOf(NotFound);
    expect(error).toMatchObject({ name: "TrailNotFoundException", message: "none", fault: "client" });
    expect(isServiceError(error, "TrailNotFoundException")).toBe(true);
    expect(NotFound.name).toBe("TrailNotFoundException");
  });

  it("refers to shapes in circles through functions", async () => {
    const { operations } = (
      await serviceModel(
        tree({
          Tree: { type: "structure", members: { name: member("smithy.api#String"), parts: member("t#Trees") } },
          Trees: { type: "list", member: member("t#Tree") },
        }),
      )
    ).model;
    const described = operations["grow"]?.input.members["tree"] as { target: { members: Record<string, unknown> } };
    const trunk = described.target;
    const parts = trunk.members["parts"] as { readonly member: { readonly target: () => unknown } };
    expect(parts.member.target()).toBe(trunk);
  });

  it("requests an endpoint where the model has no rules", async () => {
    const { service } = (await serviceModel(tree({ Tree: { type: "structure", members: {} } }))).model;
    expect(service.resolveEndpoint({ Endpoint: "https://here.example/" })).toEqual({ url: "https://here.example" });
    expect(() => service.resolveEndpoint({})).toThrow(
      'The model of Forest has no endpoint rules: set the client option "endpoint"',
    );
  });

  it("reports what it leaves out", async () => {
    const reported: Diagnostic[] = [];
    const model = tree({ Tree: { type: "structure", members: { name: member("t#Name") } } });
    model.shapes["t#Name"] = { type: "string", traits: { "smithy.api#pattern": "^(a+)+$" } };
    await serviceModel(model, { onDiagnostic: (diagnostic) => reported.push(diagnostic) });
    expect(reported).toEqual([
      expect.objectContaining({ severity: "warning", code: "unsupported-pattern", shapeId: "t#Name" }),
    ]);
  });
});

describe("a model that no service can be made of", () => {
  const problemOf = async (model: string | object): Promise<ModelError> => {
    const error: unknown = await serviceModel(model).catch((thrown: unknown) => thrown);
    if (!(error instanceof ModelError)) throw error ?? new Error("a service was made");
    return error;
  };

  it("fails with every diagnostic, at its line in a text", async () => {
    const model = tree({ Tree: { type: "structure", members: { a: member("t#Gone"), b: member("t#Lost") } } });
    const { message, diagnostics } = await problemOf(JSON.stringify(model, undefined, 2));
    expect(diagnostics).toHaveLength(2);
    expect(message.split("\n")).toEqual([
      "No client can be created from this model.",
      expect.stringMatching(/^model:\d+:\d+ error dangling-target t#Tree\$a: /),
      expect.stringMatching(/^model:\d+:\d+ error dangling-target t#Tree\$b: /),
    ]);
    const parsed = await problemOf(model);
    expect(parsed.message).toContain("\nerror dangling-target t#Tree$a: ");
  });

  it.each([
    ["text that is no JSON", "{", "not-json"],
    ["JSON that is no model", { hello: "world" }, "not-smithy"],
    ["a list", [], "not-smithy"],
    ["a model without a service", { smithy: "2.0", shapes: {} }, "no-service"],
    [
      "rules that are broken",
      withRules({ version: "1.0", parameters: {}, rules: [{ type: "odd" }] }),
      "endpoint-rules-invalid",
    ],
  ])("fails for %s", async (_, model, code) => {
    const { diagnostics } = await problemOf(model);
    expect(diagnostics.map((each) => each.code)).toContain(code);
  });
});

describe("a protocol", () => {
  it.each(protocols.map((protocol) => [protocol.id, protocol] as const))(
    "%s is loaded when it is requested",
    async (id, protocol) => {
      const loaded = (await loadParts([protocol])).get(protocol.symbol);
      expect(loaded).toMatchObject({ id });
    },
  );

  it("that the runtime has not is rejected", async () => {
    const unknown = { id: "x#y", symbol: "constructor", bindings: [], xml: false, http: false, local: false };
    await expect(loadParts([unknown])).rejects.toThrow("The runtime exports no constructor");
  });
});

function member(target: string): object {
  return { target };
}

function tree(shapes: Readonly<Record<string, object>>): { smithy: string; shapes: Record<string, object> } {
  const named = Object.entries(shapes).map(([name, shape]) => [`t#${name}`, shape] as const);
  return {
    smithy: "2.0",
    shapes: {
      "t#Forest": {
        type: "service",
        version: "1",
        operations: [{ target: "t#Grow" }],
        traits: { "aws.protocols#awsJson1_1": {} },
      },
      "t#Grow": { type: "operation", input: { target: "t#GrowInput" } },
      "t#GrowInput": { type: "structure", members: { tree: member("t#Tree") } },
      ...Object.fromEntries(named),
    },
  };
}

function withRules(rules: object): object {
  const model = tree({ Tree: { type: "structure", members: {} } });
  const service = model.shapes["t#Forest"] as { traits: Record<string, unknown> };
  service.traits["smithy.rules#endpointRuleSet"] = rules;
  return model;
}
