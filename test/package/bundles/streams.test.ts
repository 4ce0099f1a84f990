import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";

const harbor = join(root, "test/fixtures/generated-v1/src");

const settings = `region: "eu-west-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" }, endpoint: process.env.SERVICE_ENDPOINT`;
const get = `const { Body } = await getManifest(client, { Id: "ship-1" }); console.log(await Body.text());`;
const put = `await putManifest(client, { Id: "ship-1", Algorithm: "CRC32", Body: new Blob(["bal", "last"]).stream() });`;

const imports = `import { HarborClient } from "${harbor}/client.ts";
import { getManifest } from "${harbor}/operations/getManifest.ts";
import { putManifest } from "${harbor}/operations/putManifest.ts";
import { createFetchTransport } from "@clientsmith/runtime/transport/fetch";`;

const program = (options: string, calls: string): string => `${imports}
const client = new HarborClient({ ${settings}${options} });
${calls}
await client.close();`;

async function bundled(folder: string, text: string): Promise<string> {
  const input = join(folder, "program.ts");
  writeFileSync(input, text);
  const bundle = await rolldown({
    input,
    platform: "node",
    treeshake: true,
    // The program is outside of the repository.
    resolve: { modules: [join(root, "node_modules")] },
    checks: { circularDependency: false },
  });
  const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: false });
  await bundle.close();
  return output.map((file) => ("code" in file ? file.code : "")).join("");
}

describe("a program in one file that streams", () => {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-streams-"));
  let received = "";
  const server: Server = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => (received += chunk.toString()));
    request.on("end", () => response.end(request.method === "GET" ? "ballast" : ""));
  });

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ["node:http", ""],
    ["fetch", ", transport: createFetchTransport()"],
  ])(
    "streams both ways over %s",
    async (_, options) => {
      received = "";
      const file = join(folder, "program.mjs");
      writeFileSync(file, await bundled(folder, program(options, `${put}\n${get}`)));
      const SERVICE_ENDPOINT = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const env = { PATH: process.env["PATH"], SERVICE_ENDPOINT };
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { env, timeout: 20_000 });
      expect({ stdout, stderr }).toEqual({ stdout: "ballast\n", stderr: "" });
      expect(received).toContain("ballast");
    },
    60_000,
  );

  it("contains only the directions and the transports that it uses", async () => {
    // Texts of the code that sends a streaming body, and of the code that streams over `fetch`.
    const [sending, overFetch] = ["but content-length announces", "the fetch of this platform sends no streaming body"];
    const receives = await bundled(folder, program("", get));
    expect(receives).not.toContain(sending);
    expect(receives).not.toContain(overFetch);
    const both = await bundled(folder, program("", `${put}\n${get}`));
    expect(both).toContain(sending);
    const fetched = await bundled(folder, program(", transport: createFetchTransport()", get));
    expect(fetched).toContain(overFetch);
    expect(fetched).not.toContain(sending);
  }, 60_000);
});
