import { describe, expect, it } from "vitest";
import { describeFeatures, describeOperation, describeShape, type References } from "#generator/ir/descriptor.js";
import type { ServiceIr, StructureIr } from "#generator/ir/ir.js";
import { operation, serviceOf, structure } from "./support/model.js";
import { protocols } from "#generator/analyze/protocols.js";

const references: References = { target: (shape) => `-> ${shape}`, enum: (shape) => `enum ${shape}` };

function input(ir: ServiceIr): unknown {
  const shape = ir.operations[0]?.input;
  return shape && describeShape(shape, ir.protocol, references);
}

describe("describeShape", () => {
  it("says types, constraints and references, and nothing else", () => {
    const ir = serviceOf({
      Put: operation("In", "Unit"),
      In: structure(
        {
          plain: "String",
          name: ["String", { required: {}, length: { min: 1, max: 9 }, pattern: "^a$", documentation: "Not this." }],
          legacy: ["String", { pattern: "^[\\w-_]$" }],
          count: ["Integer", { range: { min: 1 } }],
          kind: "Kind",
          level: "Level",
          at: ["Timestamp", { timestampFormat: "http-date" }],
          tags: "Tags",
          map: "Map",
          nested: "Nested",
          token: ["String", { idempotencyToken: {} }],
          given: ["String", { default: "x" }],
          optional: ["String", { default: "x", clientOptional: {} }],
          none: ["String", { default: null }],
        },
        { input: {} },
      ),
      Kind: { type: "enum", members: { A: { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": "a" } } } },
      Level: { type: "intEnum", members: { A: { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": 1 } } } },
      Tags: {
        type: "list",
        member: { target: "t#Secret" },
        traits: { "smithy.api#uniqueItems": {}, "smithy.api#length": { max: 3 } },
      },
      Secret: { type: "string", traits: { "smithy.api#sensitive": {} } },
      Map: {
        type: "map",
        key: { target: "t#Kind" },
        value: { target: "t#Nested" },
        traits: { "smithy.api#sparse": {} },
      },
      Nested: structure({}),
    });
    expect(input(ir)).toEqual({
      type: "structure",
      name: "In",
      members: {
        plain: { type: "string" },
        name: { type: "string", required: true, length: { min: 1, max: 9 }, pattern: "^a$" },
        legacy: { type: "string", pattern: "^[\\w-_]$", patternFlags: "" },
        count: { type: "integer", range: { min: 1 } },
        kind: { type: "string", enum: "enum t#Kind" },
        level: { type: "integer", enum: "enum t#Level" },
        at: { type: "timestamp", timestampFormat: "http-date" },
        tags: { type: "list", member: { type: "string", sensitive: true }, length: { max: 3 }, uniqueItems: true },
        map: {
          type: "map",
          key: { type: "string", enum: "enum t#Kind" },
          value: { target: "-> t#Nested" },
          sparse: true,
        },
        nested: { target: "-> t#Nested" },
        token: { type: "string", idempotencyToken: true },
        given: { type: "string", default: "x" },
        optional: { type: "string" },
        none: { type: "string" },
      },
    });
  });

  it("carries only the bindings that the protocol reads", () => {
    const ir = serviceOf({
      Put: operation("In", "Unit"),
      In: structure({ a: ["String", { jsonName: "A", xmlName: "X", httpHeader: "h", required: {} }] }),
    });
    const shape = ir.operations[0]?.input;
    if (!shape) throw new Error("no input");
    const member = (bindings: readonly string[]): unknown =>
      (describeShape(shape, { ...ir.protocol, bindings }, references)["members"] as Record<string, unknown>)["a"];
    expect(member([])).toEqual({ type: "string", required: true });
    expect(member(["jsonName", "httpHeader"])).toEqual({
      type: "string",
      required: true,
      jsonName: "A",
      httpHeader: "h",
    });
  });

  it("states which required members a service may leave out of an output", () => {
    const member: [string, object] = ["String", { required: {}, clientOptional: {} }];
    const ir = serviceOf({
      Put: operation("In", "Out"),
      In: structure({ a: member }),
      Out: structure({ a: member, b: ["String", { required: {} }], c: ["String", { clientOptional: {} }] }),
    });
    const [operationIr] = ir.operations;
    const membersOf = (shape: StructureIr | undefined): unknown =>
      shape && describeShape(shape, ir.protocol, references)["members"];
    expect(membersOf(operationIr?.input)).toEqual({ a: { type: "string", required: true } });
    expect(membersOf(operationIr?.output)).toEqual({
      a: { type: "string", required: true, clientOptional: true },
      b: { type: "string", required: true },
      c: { type: "string" },
    });
  });

  it("keeps a member named __proto__ as a member", () => {
    const ir = serviceOf({
      Put: operation("In", "Unit"),
      In: structure(JSON.parse('{"__proto__":"String"}') as Record<string, string>),
    });
    const { members } = input(ir) as { members: object };
    expect(Object.keys(members)).toEqual(["__proto__"]);
  });

  it("states what an error is", () => {
    const ir = serviceOf({
      Get: operation("Unit", "Unit", {}, ["Gone"]),
      Gone: structure(
        { message: "String" },
        { error: "client", httpError: 404, "aws.protocols#awsQueryError": { code: "gone", httpResponseCode: 404 } },
      ),
    });
    const [error] = ir.errors;
    expect(error && describeShape(error, ir.protocol, references)).toMatchObject({
      error: { fault: "client", status: 404, queryErrorCode: "gone" },
    });
  });

  it("states the status of awsQueryError over awsQuery only", () => {
    const Gone = structure(
      {},
      { error: "client", "aws.protocols#awsQueryError": { code: "gone", httpResponseCode: 402 } },
    );
    const ir = serviceOf({ Get: operation("Unit", "Unit", {}, ["Gone"]), Gone });
    const [error] = ir.errors;
    const of = (symbol: string): unknown => {
      const protocol = protocols.find((each) => each.symbol === symbol);
      return error && protocol && describeShape(error, protocol, references)["error"];
    };
    expect(of("awsQuery")).toEqual({ fault: "client", status: 402, queryErrorCode: "gone" });
    expect(of("awsJson1_0")).toEqual({ fault: "client", queryErrorCode: "gone" });
  });

  it("states which values of an enum are internal, in both forms of enums", () => {
    const member = (traits: object) => ({ target: "smithy.api#Unit", traits });
    const ir = serviceOf({
      Put: operation("In", "Unit"),
      In: structure({ kind: "Kind", old: "Old" }),
      Kind: {
        type: "enum",
        members: { A: member({ "smithy.api#enumValue": "a" }), B: member({ "smithy.api#internal": {} }) },
      },
      Old: {
        type: "string",
        traits: {
          "smithy.api#enum": [
            { name: "C", value: "c", tags: ["internal"] },
            { name: "D", value: "d" },
          ],
        },
      },
    });
    expect(input(ir)).toMatchObject({
      members: { kind: { enum: "enum t#Kind", internal: ["B"] }, old: { enum: "enum t#Old", internal: ["c"] } },
    });
  });
});

describe("describeOperation", () => {
  it("reports what the call path needs to know", () => {
    const ir = serviceOf({
      Get: operation("In", "Unit", {
        idempotent: {},
        auth: [],
        endpoint: { hostPrefix: "{id}." },
        "smithy.rules#staticContextParams": { UseX: { value: true } },
      }),
      In: structure({ id: ["String", { required: {}, hostLabel: {}, "smithy.rules#contextParam": { name: "Id" } }] }),
    });
    const [get] = ir.operations;
    expect(get && describeOperation(get, ir.protocol)).toEqual({
      staticContextParams: { UseX: true },
      contextParams: { Id: "id" },
      auth: "none",
      idempotent: true,
    });
    expect(get && describeFeatures(get, () => undefined)).toEqual([
      { symbol: "hostPrefix", module: undefined, arguments: ["{id}."] },
    ]);
  });

  it("reports which members are streaming bodies, which have no default, and how they are signed", () => {
    const ir = serviceOf(
      {
        Turn: operation("Turned", "Turned", {
          http: { method: "POST", uri: "/" },
          "aws.auth#unsignedPayload": {},
        }),
        Turned: structure({ Body: ["Stream", { httpPayload: {}, default: "" }] }),
        Stream: { type: "blob", traits: { "smithy.api#streaming": {}, "smithy.api#requiresLength": {} } },
      },
      { traits: { "aws.protocols#restJson1": {} } },
    );
    expect(input(ir)).toMatchObject({
      members: { Body: { type: "blob", streaming: true, requiresLength: true, httpPayload: true } },
    });
    expect(input(ir)).not.toHaveProperty("members.Body.default");
    const [turn] = ir.operations;
    expect(turn && describeOperation(turn, ir.protocol)).toEqual({
      http: { method: "POST", uri: "/", code: 200 },
      unsignedPayload: true,
    });
    expect(turn && describeFeatures(turn, () => undefined)).toMatchObject([
      { symbol: "streamedInput", arguments: ["Body"] },
      { symbol: "streamedOutput", arguments: [] },
    ]);
  });

  it("is empty for an ordinary operation", () => {
    const ir = serviceOf({ Get: operation("Unit", "Unit", { http: { method: "GET", uri: "/" } }) });
    const [get] = ir.operations;
    expect(get && describeOperation(get, ir.protocol)).toEqual({});
  });
});
