import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readModel, readService, type ServiceIr } from "clientsmith";
import { describe, expect, it } from "vitest";
import { briefSchema, briefText } from "#generator/emitters/mcp/brief.js";
import { emitters } from "#generator/emitters/mcp/index.js";
import { root } from "../../../support/shared.js";

function read(file: string): ServiceIr {
  const path = join(root, file);
  const { model } = readModel({ file: path, text: readFileSync(path, "utf8") });
  const { service } = model ? readService(model) : {};
  return service ?? expect.unreachable();
}

function readText(text: string): ServiceIr {
  const { model, diagnostics } = readModel({ file: "effects.smithy", text });
  const { service } = model ? readService(model) : {};
  return service ?? expect.unreachable(JSON.stringify(diagnostics));
}

/** A berth is created and replaced; a claim is put without replacing another. `Create` is bound to no resource. */
const effectful = `$version: "2.0"
namespace example.harbour
use aws.protocols#restJson1

@restJson1
service Harbour { version: "1", operations: [Create, CreateByDelete, Store], resources: [Berth] }

resource Berth {
  identifiers: { id: String }, create: Book, read: Peek, put: Place, update: Move, delete: Cancel, resources: [Claim, Odd]
}
@noReplace
resource Claim { identifiers: { id: String, claim: String }, put: ClaimBerth, delete: Withdraw }
resource Odd { identifiers: { id: String, odd: String }, create: CreateByDelete }

@http(method: "POST", uri: "/berths")
operation Book {}
@readonly
@http(method: "POST", uri: "/berths/{id}/peek")
operation Peek { input := for Berth { @required @httpLabel $id } }
@idempotent
@http(method: "PUT", uri: "/berths/{id}")
operation Place { input := for Berth { @required @httpLabel $id } }
@http(method: "POST", uri: "/berths/{id}")
operation Move { input := for Berth { @required @httpLabel $id } }
@idempotent
@http(method: "DELETE", uri: "/berths/{id}")
operation Cancel { input := for Berth { @required @httpLabel $id } }
@idempotent
@http(method: "POST", uri: "/berths/{id}/{claim}")
operation ClaimBerth { input := for Claim { @required @httpLabel $id, @required @httpLabel $claim } }
@idempotent
@http(method: "POST", uri: "/berths/{id}/{claim}/withdraw")
operation Withdraw { input := for Claim { @required @httpLabel $id, @required @httpLabel $claim } }
@http(method: "POST", uri: "/create")
operation Create {}
@http(method: "DELETE", uri: "/create")
operation CreateByDelete {}
@http(method: "PUT", uri: "/store")
operation Store {}
`;

function textOf(ir: ServiceIr, path: string): string {
  const settings = {
    packageName: "p",
    packageVersion: "1.0.0",
    license: "MIT",
    runtimeRange: "*",
    endpointSource: undefined,
  };
  const [emission] = emitters.map((emit) => emit(ir, settings));
  const files = emission && "files" in emission ? emission.files : [];
  return files.find((file) => file.path === path)?.text ?? "";
}

/** The tools' module, a line for each tool. */
function toolsOf(ir: ServiceIr): readonly string[] {
  return textOf(ir, "src/mcp/tools.ts")
    .split("\n")
    .filter((line) => line.startsWith("{ operation:"));
}

describe("the tools of a service", () => {
  it("are read-only by trait, or by their HTTP method", () => {
    const readOnly = (file: string): Record<string, boolean> =>
      Object.fromEntries(
        toolsOf(read(file)).map((line) => [
          /operation: (\w+)\$/.exec(line)?.[1] ?? "",
          line.includes("readOnly: true"),
        ]),
      );
    expect(readOnly("test/fixtures/json-form/everything.smithy")).toEqual({
      fill: false,
      limit: false,
      range: false,
      nest: true,
      peek: true,
    });
    expect(readOnly("test/fixtures/streams/model.json")).toMatchObject({ get: true, put: false });
  });

  it("are annotated by traits, by the resource, and by the HTTP method, never by a name", () => {
    const effects = Object.fromEntries(
      toolsOf(readText(effectful)).map((line) => [
        /operation: (\w+)\$/.exec(line)?.[1] ?? "",
        ["readOnly", "idempotent", "additive"].filter((flag) => line.includes(`${flag}: true`)).join(" "),
      ]),
    );
    expect(effects).toEqual({
      book: "additive",
      cancel: "idempotent",
      claimBerth: "idempotent additive",
      create: "",
      createByDelete: "idempotent",
      move: "",
      peek: "readOnly",
      place: "idempotent",
      store: "idempotent",
      withdraw: "idempotent",
    });
  });

  it("are none for operations that send events, which are not complete when a call starts", () => {
    const events = read("test/fixtures/events/model.smithy");
    expect(events.operations.map(({ name }) => name)).toEqual(["Listen", "Talk", "Tell"]);
    expect(toolsOf(events).map((line) => /operation: (\w+)\$/.exec(line)?.[1])).toEqual(["listen"]);
  });

  it("have brief texts, because every client reads all of them", () => {
    const long = `First.\n\n${"x".repeat(600)}\n\n${"y".repeat(600)}`;
    expect(briefText(long)).toBe(`First.\n\n${"x".repeat(600)}`);
    expect(briefText("z".repeat(2000))).toBe(`${"z".repeat(1023)}…`);
    expect(
      briefSchema({ description: "One.\n\nTwo.", properties: { description: { description: "A\n\nB" } } }),
    ).toEqual({
      description: "One.",
      properties: { description: { description: "A" } },
    });
  });

  it("are started with the options that the client has", () => {
    const command = (ir: ServiceIr): string => textOf(ir, "src/mcp/command.ts");
    expect(command(read("model/cloudtrail.json"))).toContain('options: ["endpoint", "region"]');
    expect(command(read("test/fixtures/json-form/everything.smithy"))).toContain('options: ["endpoint"]');
    expect(command(read("examples/bookshop/bookshop.smithy"))).toContain(
      'options: ["endpoint", "apiKey"], required: ["endpoint"]',
    );
  });
});
