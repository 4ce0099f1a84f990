import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { invoke } from "@clientsmith/runtime/codegen/v1";
import { isClientsmithError } from "@clientsmith/runtime";
import { serviceModel } from "clientsmith";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { Client } from "#runtime/client/client.js";
import type { Hooks } from "#runtime/observe/hooks.js";
import type { Operation } from "#runtime/schema/service.js";
import { root } from "../../support/shared.js";
import { runCli } from "./support.js";

const fixture = join(root, "test/fixtures/plugins/gate");
const folder = join(root, ".cache/plugins/gate");

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  const { code, stderr } = await runCli(fixture, "generate", "model.json", "--out", folder, "--plugin", "plugin.mjs");
  if (code !== 0) throw new Error(stderr);
  // As npm would install what the generated package depends on.
  cpSync(join(fixture, "package"), join(folder, "node_modules/example-gate"), { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = (path: string): string => readFileSync(join(folder, path), "utf8");

interface GateOptions {
  readonly endpoint: string;
  readonly gateKey?: string;
  readonly hooks?: Hooks;
  readonly maxAttempts?: number;
}

/** A client of the service, and how its operations are called. */
interface Gate {
  readonly client: { close(): Promise<void> };
  call(operation: string, input: object): Promise<object>;
}

/** The generated package, and the model without generated code. */
const clients: Readonly<Record<string, (options: GateOptions) => Promise<Gate>>> = {
  "a generated package": async (options) => {
    const generated = (await import(join(folder, "src/index.ts"))) as Readonly<Record<string, unknown>> & {
      readonly GateClient: new (options: object) => Gate["client"];
    };
    const client = new generated.GateClient(options);
    const call = (name: string, input: object) =>
      (generated[name] as (client: object, input: object) => Promise<object>)(client, input);
    return { client, call };
  },

  "a model at run time": async (options) => {
    const plugin = (await import(join(fixture, "plugin.mjs"))) as object;
    const { model } = await serviceModel(readFileSync(join(fixture, "model.json"), "utf8"), {
      plugin,
      importModule: (name) => import(join(folder, "node_modules", name, "index.js")) as Promise<object>,
    });
    const client = new Client(model.service, { region: "eu-west-1", ...options });
    return { client, call: (name, input) => invoke(client, model.operations[name] as Operation, input) };
  },
};

type Respond = (attempt: number) => { readonly status: number; readonly body: object };

/** A gate on a socket, which keeps the headers of its requests. */
async function startGate(respond: Respond = () => ({ status: 200, body: { State: "open" } })) {
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    const { status, body } = respond(headers.length);
    request.resume().on("end", () => response.writeHead(status).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  onTestFinished(() => void server.closeAllConnections());
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, headers };
}

async function open(name: string, options: GateOptions): Promise<Gate> {
  const gate = await clients[name]?.(options);
  if (!gate) throw new Error(`no client ${name}`);
  onTestFinished(() => gate.client.close());
  return gate;
}

describe("a generated package with parts of a plugin", () => {
  it("imports them where they are needed, and depends on their package", () => {
    const operation = text("src/operations/openGate.ts");
    expect(operation).toContain('import { audited } from "example-gate";');
    expect(operation).toContain('features: [/* @__PURE__ */ audited({ reasonMember: "Reason" })]');
    for (const other of ["lookAtGate", "passGate"]) expect(text(`src/operations/${other}.ts`)).not.toContain("audited");
    expect(text("src/service.ts")).toContain('import { keyAuth } from "example-gate";');
    expect(text("src/service.ts")).toContain("authSchemes: [/* @__PURE__ */ keyAuth()]");
    expect(JSON.parse(text("package.json"))).toMatchObject({ dependencies: { "example-gate": "^1.0.0" } });
  });

  it("compiles under the strict settings: the options of the auth scheme are options of the client", () => {
    writeFileSync(
      join(folder, "src/use.ts"),
      'import { GateClient } from "./client.js";\nconst endpoint = "https://gate.test";\n' +
        'export const client = new GateClient({ endpoint, gateKey: "k" });\n' +
        "// @ts-expect-error The key is text.\nexport const wrong = new GateClient({ endpoint, gateKey: 5 });\n",
    );
    writeFileSync(
      join(folder, "tsconfig.check.json"),
      JSON.stringify({
        extends: join(root, "tsconfig.base.json"),
        compilerOptions: { noEmit: true },
        include: ["src"],
      }),
    );
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", join(folder, "tsconfig.check.json")], {
      encoding: "utf8",
    });
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
  });

  it("is what inspect shows; without the plugin the auth scheme is named as not supported", async () => {
    expect((await runCli(fixture, "inspect", "model.json", "--plugin", "plugin.mjs")).code).toBe(0);
    const { stdout } = await runCli(fixture, "inspect", "model.json");
    expect(stdout).toContain("unsupported-auth");
  });
});

describe.each(Object.keys(clients))("parts of a plugin in %s", (name) => {
  it("an auth scheme authenticates the requests, and hooks see them redacted", async () => {
    const { endpoint, headers } = await startGate();
    const seen: unknown[] = [];
    const gate = await open(name, {
      endpoint,
      gateKey: "secret",
      hooks: { onSigned: (event) => void seen.push(event) },
    });
    expect(await gate.call("openGate", { Gate: "north" })).toMatchObject({ State: "open" });
    expect(headers).toMatchObject([{ "x-gate-key": "secret" }]);
    expect(JSON.stringify(seen)).toContain('"x-gate-key":"***"');
    expect(JSON.stringify(seen)).not.toContain("secret");
  });

  it("an auth scheme describes its signature in explain()", async () => {
    const { endpoint } = await startGate(() => ({ status: 400, body: { __type: "Locked" } }));
    const gate = await open(name, { endpoint, gateKey: "secret" });
    const error: unknown = await gate.call("openGate", { Gate: "north" }).catch((thrown: unknown) => thrown);
    if (!isClientsmithError(error)) throw error;
    expect(error.explain()).toContain("with the key of the gate");
    expect(error.explain()).not.toContain("secret");
  });

  it("an auth scheme is not used where the operation needs none, or has no identity and may go without", async () => {
    const { endpoint, headers } = await startGate();
    const withKey = await open(name, { endpoint, gateKey: "secret" });
    await withKey.call("lookAtGate", {});
    await withKey.call("passGate", {});
    const without = await open(name, { endpoint });
    await without.call("passGate", {});
    expect(headers.map((each) => each["x-gate-key"])).toEqual([undefined, "secret", undefined]);
    await expect(without.call("openGate", { Gate: "north" })).rejects.toThrow(
      "OpenGate needs the client option gateKey",
    );
    expect(headers).toHaveLength(3);
  });

  it("a feature changes the message with the value of its trait, the attempts and the response", async () => {
    const { endpoint, headers } = await startGate((attempt) =>
      attempt === 1 ? { status: 200, body: { State: "stuck" } } : { status: 418, body: { State: "open" } },
    );
    const gate = await open(name, { endpoint, gateKey: "secret" });
    expect(await gate.call("openGate", { Gate: "north", Reason: "fire" })).toMatchObject({ State: "open" });
    expect(headers.map((each) => each["x-audit-reason"])).toEqual(["fire", "fire"]);
  });

  it("a feature leaves operations without its trait alone", async () => {
    const { endpoint, headers } = await startGate(() => ({ status: 200, body: { State: "stuck" } }));
    const gate = await open(name, { endpoint, gateKey: "secret" });
    expect(await gate.call("passGate", {})).toMatchObject({ State: "stuck" });
    expect(headers).toHaveLength(1);
    expect(headers[0]).not.toHaveProperty("x-audit-reason");
  });
});
