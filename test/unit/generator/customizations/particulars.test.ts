import { describe, expect, test } from "vitest";
import { serviceOf, operation, structure } from "../ir/support/model.js";

const shapes = {
  Predict: operation("In", "Unit"),
  Other: operation("In2", "Unit"),
  In: structure({ PredictEndpoint: ["String", { required: {} }], accountId: ["String", { required: {} }] }),
  In2: structure({ PredictEndpoint: ["String", {}] }),
};
const service = (sdkId: string) =>
  serviceOf(shapes, { traits: { "aws.api#service": { sdkId }, "aws.protocols#awsJson1_1": {} } });

describe("the customization of", () => {
  test("API Gateway requests JSON", () => {
    expect(service("API Gateway").headers).toEqual({ accept: "application/json" });
    expect(service("Some Service").headers).toBeUndefined();
  });

  test("Glacier names the version of the API and represents the account", () => {
    const { headers, version, operations, shapes: all } = service("Glacier");
    expect(headers).toEqual({ "x-amz-glacier-version": version });
    const input = operations.find(({ name }) => name === "Predict")?.input;
    expect(input?.members).toMatchObject([
      { required: true },
      { name: "accountId", required: false, clientDefault: "-" },
    ]);
    expect(all.get(input?.id ?? "")).toEqual(input);
  });

  test("Machine Learning sends a prediction where its input states, and nothing else", () => {
    const { operations, endpointBuiltIns } = service("Machine Learning");
    const [parameter] = Object.entries(endpointBuiltIns).find(([, builtIn]) => builtIn === "SDK::Endpoint") ?? [];
    expect(parameter).toBeDefined();
    const found = operations.map(({ name, input }) => [name, input?.members[0]?.contextParam]);
    expect(found).toEqual([
      ["Other", undefined],
      ["Predict", parameter],
    ]);
  });
});
