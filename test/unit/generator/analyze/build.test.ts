import { describe, expect, it } from "vitest";
import { absolute, build, modelOf, operation, serviceOf, structure, type Shapes } from "../ir/support/model.js";

describe("buildService", () => {
  it("finds operations of the service and of its resources, in the order of their names", () => {
    const ir = serviceOf(
      {
        Ping: operation("Unit", "Unit"),
        "t#Res": {
          type: "resource",
          operations: [{ target: "t#Act" }],
          read: { target: "t#Look" },
          resources: [{ target: "t#Sub" }],
        },
        "t#Sub": { type: "resource", list: { target: "t#All" } },
        Act: operation("Unit", "Unit"),
        Look: operation("Unit", "Unit", { readonly: {} }),
        All: operation("Unit", "Unit", { readonly: {} }),
      },
      { operations: [{ target: "t#Ping" }], resources: [{ target: "t#Res" }] },
    );
    expect(ir.operations.map(({ name }) => name)).toEqual(["Act", "All", "Look", "Ping"]);
    expect(ir.operations.map(({ idempotent }) => idempotent)).toEqual([false, true, true, false]);
  });

  it("is frozen all the way down", () => {
    const ir = serviceOf({ Get: operation("In", "Unit"), In: structure({ a: "String" }) });
    expect(Object.isFrozen(ir.operations[0]?.input?.members[0])).toBe(true);
  });

  it("reports which way values travel", () => {
    const ir = serviceOf({
      Put: operation("In", "Out"),
      In: structure({ both: "Both", sent: "Sent" }),
      Out: structure({ both: "Both" }),
      Both: structure({}),
      Sent: structure({}),
    });
    const directions = (name: string): unknown => {
      const shape = ir.shapes.get(absolute(name));
      return shape && "inInput" in shape ? [shape.inInput, shape.inOutput] : undefined;
    };
    expect(directions("In")).toEqual([true, false]);
    expect(directions("Out")).toEqual([false, true]);
    expect(directions("Both")).toEqual([true, true]);
    expect(directions("Sent")).toEqual([true, false]);
  });

  it("merges a target's traits into the member, whose own win", () => {
    const ir = serviceOf({
      Get: operation("In", "Unit"),
      In: structure({ a: ["Name", { length: { max: 5 }, documentation: "Own." }], b: "Name" }),
      Name: {
        type: "string",
        traits: { "smithy.api#length": { min: 1 }, "smithy.api#sensitive": {}, "smithy.api#documentation": "A name." },
      },
    });
    expect(ir.operations[0]?.input?.members).toMatchObject([
      { name: "a", length: { max: 5 }, sensitive: true, facts: { documentation: "Own." } },
      { name: "b", length: { min: 1 }, sensitive: true, facts: { documentation: "A name." } },
    ]);
  });

  it("applies the service's rename to names, and looks errors up on the operation and the service", () => {
    const ir = serviceOf(
      {
        Get: operation("Unit", "Out", {}, ["Gone"]),
        Out: structure({ other: "o#Thing" }),
        "o#Thing": structure({}),
        Gone: structure({}, { error: "client", httpError: 404 }),
        Busy: structure({}, { error: "server", retryable: { throttling: true } }),
      },
      { rename: { "o#Thing": "OtherThing" }, errors: [{ target: "t#Busy" }] },
    );
    expect(ir.shapes.get("o#Thing")?.name).toBe("OtherThing");
    expect(ir.operations[0]?.errors.map(({ name, error }) => [name, error])).toEqual([
      ["Busy", { fault: "server", status: undefined, queryErrorCode: undefined, retryable: "throttling" }],
      ["Gone", { fault: "client", status: 404, queryErrorCode: undefined, retryable: undefined }],
    ]);
  });

  it("does not request a required token that it fills itself", () => {
    const ir = serviceOf({
      Put: operation("In", "Unit"),
      In: structure({ token: ["String", { idempotencyToken: {}, required: {} }], nested: "Nested" }),
      Nested: structure({ token: ["String", { idempotencyToken: {}, required: {} }] }),
    });
    expect(ir.operations[0]?.input?.members[0]?.required).toBe(false);
    const nested = ir.shapes.get("t#Nested");
    expect(nested && "members" in nested && nested.members[0]?.required).toBe(true);
  });

  it("leaves out operations with streams that are not the body of their message, or with events in a protocol without them", () => {
    const http = { http: { method: "POST", uri: "/" } };
    const shapes = {
      Up: operation("In", "Unit", http),
      In: structure({ body: ["Stream", { required: {}, httpPayload: {} }] }),
      Stream: { type: "blob", traits: { "smithy.api#streaming": {} } },
      Beside: operation("Unit", "Out", http),
      Out: structure({ body: ["Stream", { required: {} }] }),
      Tell: operation("Unit", "Reported", http),
      Reported: structure({ events: ["Events", { httpPayload: {} }] }),
      Events: { type: "union", members: { one: { target: "t#Event" } }, traits: { "smithy.api#streaming": {} } },
      Event: structure({ text: "String" }),
      Ping: operation("Unit", "Unit", http),
    };
    const inRest = build(modelOf(shapes, { traits: { "aws.protocols#restJson1": {} } }));
    expect(inRest.service?.operations.map(({ name }) => name)).toEqual(["Ping", "Tell", "Up"]);
    expect(inRest.diagnostics.map(({ message }) => message)).toEqual([
      "Left out: the output member body is a stream that is not the HTTP payload, which is not supported yet.",
    ]);
    const inJson = build(modelOf(shapes));
    expect(inJson.service?.operations.map(({ name }) => name)).toEqual(["Ping", "Tell"]);
    expect(inJson.diagnostics).toMatchObject(
      ["Beside", "Up"].map((name) => ({
        severity: "warning",
        code: "unsupported-streaming",
        shapeId: `t#${name}`,
      })),
    );
  });

  it("keeps the errors of an event stream out of its events, as errors of the operation", () => {
    const ir = serviceOf({
      Tell: operation("Unit", "Reported"),
      Reported: structure({ events: "Events" }),
      Events: {
        type: "union",
        members: { one: { target: "t#Event" }, gone: { target: "t#Gone" } },
        traits: { "smithy.api#streaming": {} },
      },
      Event: structure({ text: "String" }),
      Gone: { ...structure({ message: "String" }), traits: { "smithy.api#error": "client" } },
    });
    const union = ir.shapes.get("t#Events");
    expect(union?.type === "union" && [union.members.map(({ name }) => name), union.eventErrors]).toEqual([
      ["one"],
      { gone: "t#Gone" },
    ]);
    expect(ir.shapes.has("t#Gone")).toBe(false);
    expect(ir.operations[0]?.errors.map(({ name }) => name)).toEqual(["Gone"]);
    expect(ir.operations[0]?.features.map(({ symbol, arguments: given }) => [symbol, given])).toEqual([
      ["eventStreamOutput", [{ member: "events", errors: { gone: "Gone" } }]],
    ]);
  });

  it("warns once about a pattern that is not checked", () => {
    const model = modelOf({
      Get: operation("In", "Unit"),
      In: structure({ a: "Name", b: "Name" }),
      Name: { type: "string", traits: { "smithy.api#pattern": "^(a+)+$" } },
    });
    const { service, diagnostics } = build(model);
    expect(service?.operations[0]?.input?.members.map(({ pattern }) => pattern)).toEqual([undefined, undefined]);
    expect(diagnostics).toMatchObject([
      { severity: "warning", code: "unsupported-pattern", shapeId: "t#Name", file: "test.json" },
    ]);
  });

  it("warns once about a pattern that several shapes have, with their number", () => {
    const runaway = { type: "string", traits: { "smithy.api#pattern": "^(a+)+$" } };
    const own = ["String", { pattern: "^(a+)+$" }] as [string, object];
    const inputs = (members: Parameters<typeof structure>[0]) => ({
      Get: operation("In", "Unit"),
      In: structure(members),
    });
    const messages = (shapes: Shapes) => build(modelOf(shapes)).diagnostics.map(({ message }) => message);
    expect(messages({ ...inputs({ a: "Name", b: own }), Name: runaway })).toEqual([
      expect.stringMatching(/in their length\. 1 other shape has the same pattern\.$/),
    ]);
    expect(
      messages({ ...inputs({ a: "Name", b: own, c: own, d: ["String", { pattern: "(" }] }), Name: runaway }),
    ).toEqual([
      expect.stringMatching(/2 other shapes have the same pattern\.$/),
      expect.stringMatching(/cannot express the pattern "\("\.$/),
    ]);
  });

  it.each([
    ["no-such-service", {}, { service: "t#Other" }],
    ["unsupported-protocol", { traits: { "smithy.protocols#rpcv2Json": {} } }, {}],
    ["unsupported-protocol", {}, { protocol: "awsJson1_0" }],
    ["unsupported-auth", { traits: { "aws.protocols#awsJson1_1": {}, "t#stamp": {} } }, {}],
  ])("says %s", (code, service, options) => {
    const stamp = { type: "structure", traits: { "smithy.api#trait": {}, "smithy.api#authDefinition": {} } };
    const result = build(modelOf({ Ping: operation("Unit", "Unit"), stamp }, service), options);
    expect(result.service).toBeUndefined();
    expect(result.diagnostics).toMatchObject([{ severity: "error", code }]);
  });

  it("requires a service if there are several", () => {
    const other = { type: "service", version: "1", traits: { "aws.protocols#awsJson1_1": {} } };
    const model = modelOf({ Ping: operation("Unit", "Unit"), Other: other });
    expect(build(model).diagnostics).toMatchObject([{ code: "several-services" }]);
    expect(build(model, { service: "t#Other" }).service?.shapeName).toBe("Other");
  });

  it("takes the preferred of several protocols, or the one that is requested", () => {
    const traits = {
      "smithy.protocols#rpcv2Cbor": {},
      "aws.protocols#awsJson1_1": {},
      "aws.protocols#awsJson1_0": {},
      "aws.protocols#awsQueryCompatible": {},
    };
    const model = modelOf({ Ping: operation("Unit", "Unit") }, { traits });
    expect(build(model).service).toMatchObject({
      protocol: { id: "aws.protocols#awsJson1_0" },
      awsQueryCompatible: true,
    });
    expect(build(model, { protocol: "awsJson1_1" }).service?.protocol.id).toBe("aws.protocols#awsJson1_1");
    expect(build(model, { protocol: "aws.protocols#awsJson1_1" }).service?.protocol.id).toBe(
      "aws.protocols#awsJson1_1",
    );
    expect(build(model, { protocol: "rpcv2Cbor" }).service?.protocol.id).toBe("smithy.protocols#rpcv2Cbor");
  });
});

describe("pagination", () => {
  const page = structure({ Items: "Items", Next: "String" });
  const shapes = {
    In: structure({ Token: "String", Size: "Integer" }),
    Out: structure({ Page: "Page" }),
    Page: page,
    Items: { type: "list", member: { target: "t#Item" } },
    Item: structure({}),
  };

  it("takes from the service what the operation leaves out, and follows paths", () => {
    const ir = serviceOf(
      { List: operation("In", "Out", { readonly: {}, paginated: { items: "Page.Items" } }), ...shapes },
      {
        traits: {
          "aws.protocols#awsJson1_1": {},
          "smithy.api#paginated": { inputToken: "Token", outputToken: "Page.Next", pageSize: "Size" },
        },
      },
    );
    expect(ir.operations[0]?.pagination).toMatchObject({
      inputToken: "Token",
      outputToken: ["Page", "Next"],
      pageSize: "Size",
      items: { path: ["Page", "Items"], member: { type: { type: "list" } } },
    });
  });
});
