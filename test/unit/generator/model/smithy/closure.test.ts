import { describe, expect, it } from "vitest";
import { effectiveTraits, findServices, nameOf, resolveErrors, serviceClosure } from "#generator/model/index.js";
import { modelOf, readGood, shapeOf, string, target, withTraits } from "./support/model.js";

const model = readGood(
  modelOf({
    "a#S": {
      type: "service",
      operations: [target("Op"), target("Zap")],
      resources: [target("Outer")],
      errors: [target("Busy")],
    },
    "a#T": { type: "service" },
    "a#Outer": { type: "resource", read: target("b#Look"), resources: [target("Inner")] },
    "a#Inner": { type: "resource", collectionOperations: [target("Count")] },
    "a#Zap": { type: "operation", errors: [target("Gone"), target("Busy")] },
    "b#Look": { type: "operation", output: target("Tree") },
    "a#Count": { type: "operation" },
    "a#Tree": { type: "structure", members: { inner: target("Tree"), byName: target("Trees") } },
    "a#Trees": { type: "map", key: string, value: target("Tree") },
    "a#Gone": withTraits({ type: "structure" }, { error: "client" }),
    "a#Busy": withTraits({ type: "structure" }, { error: "server" }),
    "a#Unused": { type: "structure" },
  }),
);

describe("what a service reaches", () => {
  it("is found through resources at any depth, operations by name, shapes in the order of the model", () => {
    const { operations, shapes } = serviceClosure(model, "a#S");
    expect(operations.map(({ id }) => id)).toEqual(["a#Count", "b#Look", "a#Op", "a#Zap"]);
    expect(shapes).toEqual([...model.shapes.keys()].filter((id) => !["a#S", "a#T", "a#Unused"].includes(id)));
    expect(serviceClosure(model, "a#T")).toEqual({ operations: [], shapes: [] });
  });

  it("is asked of services only", () => {
    expect(() => serviceClosure(model, "a#Op")).toThrow(new RangeError("The model has no service a#Op"));
    expect(findServices(model).map(({ id }) => id)).toEqual(["a#S", "a#T"]);
  });

  it("may respond to any operation with the errors of the service", () => {
    const errors = (id: string): string[] =>
      resolveErrors(model, shapeOf(model, "a#S", "service"), shapeOf(model, id, "operation")).map((error) => error.id);
    expect(errors("a#Zap")).toEqual(["a#Gone", "a#Busy"]);
    expect(errors("a#Op")).toEqual(["a#Busy"]);
  });
});

it("a member's traits count over its target's", () => {
  const typed = readGood(
    modelOf({
      "a#Name": withTraits({ type: "string" }, { length: { max: 9 }, sensitive: {} }),
      "a#In": {
        type: "structure",
        members: { name: withTraits(target("Name"), { length: { max: 5 }, required: {} }) },
      },
    }),
  );
  const member = shapeOf(typed, "a#In", "structure").members.get("name");
  expect(member && effectiveTraits(typed, member)).toEqual({
    "smithy.api#length": { max: 5 },
    "smithy.api#sensitive": {},
    "smithy.api#required": {},
  });
});

it("a shape's name is what is behind the namespace", () => expect(nameOf("com.example.a#Name")).toBe("Name"));
