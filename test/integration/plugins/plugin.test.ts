import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { root } from "../../support/shared.js";
import { runCli } from "./support.js";

const fixture = join(root, "test/fixtures/plugins/line-protocol");
const folder = join(root, ".cache/plugins/ferry");

const run = (...argv: string[]) => runCli(fixture, ...argv);

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  const { code, stderr } = await run("generate", "model.json", "--out", folder, "--plugin", "plugin.mjs");
  if (code !== 0) throw new Error(stderr);
  // As npm would install what the generated package depends on.
  cpSync(join(fixture, "package"), join(folder, "node_modules/example-line-protocol"), { recursive: true });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = (path: string): string => readFileSync(join(folder, path), "utf8");

describe("a plugin", () => {
  it("adds a protocol: the generated package imports it and depends on its package", () => {
    expect(text("src/service.ts")).toContain('import { lineProtocol, stampAuth } from "example-line-protocol";');
    expect(text("src/service.ts")).toContain("protocol: lineProtocol,");
    expect(JSON.parse(text("package.json"))).toMatchObject({ dependencies: { "example-line-protocol": "^1.0.0" } });
  });

  it("adds a customization, a trait handler and an emitter", () => {
    const operation = text("src/operations/bookTicket.ts");
    expect(text("src/service.ts")).toContain('headers: { "x-ferry-version": "2024-01-01" }');
    expect(operation).toMatch(/^ \* Books one ticket\. Since 2\.1\.$/m);
    expect(operation).toMatch(/^ {2}\/\*\* Since 2\.2\. \*\/$/m);
    expect(text("operations.txt")).toBe("BookTicket\n");
  });

  it("adds a feature, imported by the operations that need it", () => {
    const operation = text("src/operations/bookTicket.ts");
    expect(operation).toContain('import { lane } from "example-line-protocol";');
    expect(operation).toContain('features: [/* @__PURE__ */ lane("fast")]');
  });

  it("adds an auth scheme, with the client option that it reads", () => {
    expect(text("src/service.ts")).toContain("authSchemes: [/* @__PURE__ */ stampAuth()]");
    expect(text("src/client.ts")).toContain("FerryClientOptions extends PlainClientOptions, StampOptions");
  });

  it("generates code that compiles under the strict settings", () => {
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

  it("lets a client speak its protocol, with its feature and auth scheme: an output, a typed error, an invalid response", async () => {
    const bodies: string[] = [];
    const sent: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        bodies.push(`${request.url} ${body}`);
        sent.push(request.headers);
        if (body.includes("Ann")) response.end("Seat=12A\n");
        else if (body.includes("Bob")) response.writeHead(400).end("!FerryFull no seat is left\n");
        else response.end("<html>");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    onTestFinished(() => void server.closeAllConnections());
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const { bookTicket, FerryClient, FerryFull } = (await import(join(folder, "src/index.ts"))) as {
      readonly bookTicket: (client: object, input: object) => Promise<object>;
      readonly FerryClient: new (options: object) => { close(): Promise<void> };
      readonly FerryFull: new () => Error;
    };
    const client = new FerryClient({ endpoint, maxAttempts: 1, stamp: "s-1" });
    onTestFinished(() => client.close());
    expect(await bookTicket(client, { Passenger: "Ann", Deck: "B" })).toMatchObject({ Seat: "12A" });
    expect(bodies).toEqual(["/BookTicket Passenger=Ann\nDeck=B\n"]);
    expect(sent).toMatchObject([{ "x-lane": "fast", "x-stamp": "s-1", "x-ferry-version": "2024-01-01" }]);
    const full = await bookTicket(client, { Passenger: "Bob" }).catch((error: unknown) => error);
    expect(full).toBeInstanceOf(FerryFull);
    expect(full).toMatchObject({ message: "no seat is left" });
    await expect(bookTicket(client, { Passenger: "Cy" })).rejects.toMatchObject({
      code: "UnexpectedResponse",
      message: expect.stringContaining("is not as modelled"),
    });
    await expect(bookTicket(client, {})).rejects.toMatchObject({ code: "Validation" });
  });

  it("is counted by inspect; without it the protocol is named as not supported", async () => {
    const withPlugin = await run("inspect", "model.json", "--plugin", "plugin.mjs");
    expect(withPlugin.code).toBe(0);
    expect(withPlugin.stdout).toContain("Protocol    example.lines#lineProtocol\n");
    const without = await run("inspect", "model.json");
    expect(without.code).toBe(1);
    expect(without.stdout).toContain("also declares example.lines#lineProtocol");
    expect(without.stdout).toContain("unsupported-protocol");
  });
});

describe("a plugin that uses clientsmith/plugin", () => {
  const place = join(root, ".cache/plugins/kit");

  it("writes texts of the model safely", async () => {
    mkdirSync(place, { recursive: true });
    const source = `
      import { comment, literal, markdown, pluginVersion } from "clientsmith/plugin";

      export const version = pluginVersion;
      export const emitters = [
        ({ operations }) => [
          {
            path: "src/texts.ts",
            text: operations
              .map(({ name, facts }) =>
                [comment({ text: "*/ " + facts.documentation }), \`export const text = \${literal(name + '"\\n' + markdown(facts.documentation))};\`].join("\\n"),
              )
              .join("\\n"),
          },
        ],
      ];
    `;
    writeFileSync(join(place, "plugin.mjs"), source.replaceAll("\\`", "`").replaceAll("\\$", "$"));
    const out = join(place, "out");
    const ran = await run(
      "generate",
      "model.json",
      "--out",
      out,
      "--force",
      "--plugin",
      "plugin.mjs",
      "--plugin",
      join(place, "plugin.mjs"),
    );
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const written = readFileSync(join(out, "src/texts.ts"), "utf8");
    expect(written).toContain("/** *\\/ Books one ticket. Since 2.1. */");
    expect(written).toContain(String.raw`export const text = 'BookTicket"\nBooks one ticket. Since 2.1.';`);
    rmSync(place, { recursive: true, force: true });
  });
});

describe("what a plugin says is wrong", () => {
  const other = join(root, ".cache/plugins/wrong");
  const put = (name: string, content: string): string => {
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, name), content);
    return join(other, name);
  };

  it("with a trait's value is a diagnostic at its shape", async () => {
    const model = put("model.json", readFileSync(join(fixture, "model.json"), "utf8").replace('"2.2"', '"soon"'));
    const { code, stderr } = await run("generate", model, "--out", join(other, "out"), "--plugin", "plugin.mjs");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /model\.json:\d+:\d+ error example-since example\.lines#BookTicketInput\$Deck: soon is no version/,
    );
  });

  it.each([
    ["export const emiters = [];", "exports emiters, which is not a known export; did you mean emitters?"],
    ["export const protocols = [{ id: 1 }];", "exports protocols, which must be an array of objects with id, symbol"],
    [
      "export const traits = { since: () => ({}) };",
      "exports traits, which must be an object of functions by the shape ID",
    ],
    ["export const customizations = [{}];", "exports customizations, which must be an array of objects with name"],
    [
      "export const version = 2;",
      "exports version, which must be 1, the version of the plug-in interface of this clientsmith",
    ],
    ["export const version = 1;", "exports none of protocols"],
    ["export const emitters = [1];", "exports emitters, which must be an array of functions."],
  ])("%s", async (source, message) => {
    const plugin = put(`${source.length}.mjs`, source);
    const { code, stderr } = await run("generate", "model.json", "--out", join(other, "out"), "--plugin", plugin);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});
