import { describe, expect, it } from "vitest";
import { codegenSymbols } from "#runtime/symbols.js";
import { Client } from "#runtime/client/client.js";
import { type Nameable, nameAll, packageFolder } from "#generator/ir/names.js";
import { clientMembers } from "#generator/ir/reserved.js";

const named = (name: string): { id: string; name: string } => ({ id: `t#${name}`, name });

function names(
  what: Partial<Record<"shapes" | "errors" | "operations", readonly string[]>>,
  sdkId = "CloudTrail",
): ReturnType<typeof nameAll> {
  const nameable: Nameable = {
    sdkId,
    shapes: (what.shapes ?? []).map(named),
    errors: (what.errors ?? []).map(named),
    operations: (what.operations ?? []).map(named),
    inputs: [],
    runtime: Object.keys(codegenSymbols),
  };
  return nameAll(nameable);
}

describe("names", () => {
  it("are the model's where nothing is in the way", () => {
    const all = names({ shapes: ["Event"], errors: ["Gone"], operations: ["LookupEvents"] });
    expect(all).toMatchObject({
      service: "CloudTrail",
      client: "CloudTrailClient",
      clientOptions: "CloudTrailClientOptions",
    });
    expect(all.shapes.get("t#Event")).toBe("Event");
    expect(all.operations.get("t#LookupEvents")).toEqual({
      function: "lookupEvents",
      failure: "LookupEventsError",
      paginate: "paginateLookupEvents",
    });
    expect(all.runtime["invoke"]).toBe("invoke");
  });

  it.each(["Date", "Error", "Map", "Promise", "Record", "Uint8Array"])("leave the global %s alone", (name) => {
    expect(names({ shapes: [name] }).shapes.get(`t#${name}`)).toBe(`_${name}`);
  });

  it.each(["then", "input", "default", "string", "Types"])("keep the name %s free", (name) => {
    expect(names({ shapes: [name] }).shapes.get(`t#${name}`)).toBe(`_${name}`);
    expect(names({ errors: [name] }).errors.get(`t#${name}`)).toBe(`_${name}`);
  });

  it.each([
    ["Delete", "_delete"],
    ["Default", "_default"],
    ["Await", "_await"],
    ["Then", "_then"],
    ["ToString", "_toString"],
    ["Constructor", "_constructor"],
    ["Close", "_close"],
    ["Client", "_client"],
    ["Input", "_input"],
    ["Con", "_con"],
    ["GetTrail", "getTrail"],
  ])("of the operation %s is %s", (operation, name) => {
    expect(names({ operations: [operation] }).operations.get(`t#${operation}`)?.function).toBe(name);
  });

  it("keep shapes' names, and rename the runtime's symbols with that name", () => {
    const all = names({ shapes: ["Service", "Operation", "Endpoint"], operations: ["Invoke", "Validate"] });
    expect(all.shapes.get("t#Service")).toBe("Service");
    expect(all.runtime).toMatchObject({
      Service: "RuntimeService",
      Operation: "RuntimeOperation",
      Endpoint: "RuntimeEndpoint",
      invoke: "runtimeInvoke",
      validate: "runtimeValidate",
      paginate: "paginate",
    });
  });

  it("step aside for the service's own", () => {
    expect(names({ shapes: ["CloudTrail", "CloudTrailClient"] }).shapes.get("t#CloudTrailClient")).toBe(
      "_CloudTrailClient",
    );
  });

  it("tell an operation's union of errors from a shape of that name", () => {
    const all = names({ shapes: ["CreateFleetError"], operations: ["CreateFleet"] });
    expect(all.shapes.get("t#CreateFleetError")).toBe("CreateFleetError");
    expect(all.operations.get("t#CreateFleet")?.failure).toBe("CreateFleetFailure");
  });

  it("of modules differ by more than letter case", () => {
    const all = names({ operations: ["GetFoo", "GetFOO"] });
    const modules = [...all.operations.values()].map((operation) => operation.function.toLowerCase());
    expect(new Set(modules).size).toBe(2);
  });

  it("of one model are the same whatever the order of its shapes", () => {
    const shapes = ["A", "B", "Map", "_Map", "Record"];
    const forward = names({ shapes, operations: ["X", "Y"] });
    const backward = names({ shapes: shapes.toReversed(), operations: ["Y", "X"] });
    expect(new Map([...forward.shapes].toSorted())).toEqual(new Map([...backward.shapes].toSorted()));
  });

  it("are all different", () => {
    const all = names({
      shapes: ["Map", "_Map", "__Map", "validateX"],
      errors: ["getX", "GetXError"],
      operations: ["GetX", "_getX"],
    });
    const used = [
      ...all.shapes.values(),
      ...all.errors.values(),
      ...[...all.operations.values()].flatMap((operation) => Object.values(operation)),
    ];
    expect(new Set(used).size).toBe(used.length);
  });

  it.each([
    ["API Gateway", "APIGateway", "api-gateway"],
    ["codeartifact", "Codeartifact", "codeartifact"],
    ["Service", "ServiceService", "service"],
    ["../../etc", "Etc", "etc"],
    ["123", "_123", "123"],
    ["é", "ServiceService", "service"],
  ])("of the service %j", (sdkId, service, folder) => {
    expect(names({}, sdkId).service).toBe(service);
    expect(packageFolder(sdkId)).toBe(folder);
  });

  it("keep methods of the service object off the client's members", () => {
    const members: Readonly<Record<keyof Client, true>> = {
      context: true,
      service: true,
      close: true,
    };
    const found = [...Object.keys(members), ...Object.getOwnPropertyNames(Client.prototype)];
    expect(found.filter((member) => !clientMembers.has(member))).toEqual([]);
  });
});
