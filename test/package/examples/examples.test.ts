import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { CloudTrailClient, createTrail, startLogging } from "@clientsmith/cloudtrail";
import { type LocalService, testCredentials } from "@clientsmith/runtime/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startLocalCloudTrail } from "../../../examples/cloudtrail-local/index.js";
import { chromium, openPage } from "../../support/chromium.js";
import { npm, npmInstall } from "../../support/npm.js";
import { root } from "../../support/shared.js";

const examples = join(root, "examples");

let service: LocalService;

beforeAll(async () => {
  service = await startLocalCloudTrail({ events: 2_000 });
});
afterAll(() => service.close());

/** Builds an example by its own script and returns what the bundler printed. */
const build = (name: string): string => npm(join(examples, name), "run", "build");

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-example-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a program in a folder from which no package can be found, with the environment of a Lambda function. */
async function runApart(folder: string, program: string): Promise<{ output: string; status: number | null }> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
      AWS_ENDPOINT_URL: service.endpoint,
    },
    timeout: 20_000,
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { output, status };
}

describe("the Lambda example", () => {
  it("is one file that handles an event where nothing else is installed", async () => {
    build("lambda");
    const folder = temporaryFolder();
    copyFileSync(join(examples, "lambda/dist/handler.mjs"), join(folder, "handler.mjs"));
    const invocation = `
      const { handler } = await import("./handler.mjs");
      const context = { getRemainingTimeInMillis: () => 10_000 };
      console.log(JSON.stringify(await handler({ userName: "alice", hours: 24 * 90 }, context)));`;
    const { output, status } = await runApart(folder, invocation);
    expect({ output, status }).toMatchObject({ status: 0 });
    const actions = JSON.parse(output) as { name: string; time: string }[];
    expect(actions.length).toBeGreaterThan(0);
    for (const { name, time } of actions) {
      expect(name).toMatch(/^\w+$/);
      expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
    }
  });
});

describe("the worker example", () => {
  it("reports a trail's status, an error of the service and an invalid name, without a line of Node", async () => {
    build("worker");
    const file = join(examples, "worker/dist/worker.js");
    expect(readFileSync(file, "utf8").match(/(from|import|require)\s*\(?\s*["'`](node:|undici)/g)).toBeNull();
    const { default: worker } = (await import(pathToFileURL(file).href)) as {
      readonly default: { fetch(request: Request, env: object): Promise<Response> };
    };
    const env = {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
      AWS_ENDPOINT_URL: service.endpoint,
    };
    const get = async (path: string): Promise<unknown> => {
      const response = await worker.fetch(new Request(`https://worker.test${path}`), env);
      return [response.status, await response.text()];
    };
    const client = new CloudTrailClient({
      region: "us-east-1",
      endpoint: service.endpoint,
      credentials: testCredentials,
    });
    await createTrail(client, { Name: "audit", S3BucketName: "example-audit-logs" });
    await startLogging(client, { Name: "audit" });
    await client.close();

    expect(await get("/trails/audit")).toEqual([200, expect.stringContaining('"isLogging":true')]);
    expect(await get("/trails/other")).toEqual([404, expect.stringContaining('"error":"TrailNotFoundException"')]);
    expect(await get("/trails/x")).toEqual([400, expect.stringContaining("must have at least 3 characters")]);
    expect(await get("/")).toEqual([404, "Not found"]);
  });
});

describe("the browser example", () => {
  const folder = join(examples, "browser");
  const dist = join(folder, "dist");
  let isInstalled = false;

  beforeAll(() => {
    isInstalled = existsSync(join(folder, "node_modules/vite")) || npmInstall(folder, ["ci"], "the browser example");
  }, 120_000);

  it("type-checks", (context) => {
    context.skip(!isInstalled);
    npm(root, "exec", "--", "tsc", "-p", "examples/browser");
  });

  it.skipIf(!chromium)(
    "shows events, with credentials from its server",
    async (context) => {
      context.skip(!isInstalled);
      process.env["VITE_ENDPOINT"] = service.endpoint;
      onTestFinished(() => void delete process.env["VITE_ENDPOINT"]);
      build("browser");
      const lines = await shownLines(dist);
      expect(lines).toHaveLength(10);
      for (const line of lines) expect(line).toMatch(/: \w+ by [\w-]+$/);
    },
    60_000,
  );
});

describe("the bookshop example", () => {
  const folder = join(examples, "bookshop");
  let isInstalled = false;

  beforeAll(() => {
    isInstalled = existsSync(join(folder, "node_modules/vite")) || npmInstall(folder, ["ci"], "the bookshop example");
  }, 120_000);

  it("generates a client for each of its protocols, and orders books over both", (context) => {
    context.skip(!isInstalled);
    const output = npm(folder, "start");
    const [, ...runs] = output.split(/^(?:aws|smithy)\.protocols#/m);
    expect(runs.map((run) => run.split("\n").slice(0, -1))).toEqual(
      ["restJson1", "rpcv2Cbor"].map((protocol) => [
        protocol,
        "Emma: 9.00",
        "Middlemarch: 9.50",
        "Persuasion: 10.00",
        "The Portrait of a Lady: 10.50",
        "The Waves: 11.00",
        "3 requests, of which the first failed with ShopClosed",
        "OutOfStock: There are not enough copies. 5 are left.",
        "o-1: SHIPPED",
      ]),
    );

    // The packages do not speak of AWS, but for the ID of a protocol.
    const files = readdirSync(join(folder, "client"), { recursive: true, encoding: "utf8" })
      .filter((file) => statSync(join(folder, "client", file)).isFile())
      .toSorted();
    const lines = files.flatMap((file) =>
      readFileSync(join(folder, "client", file), "utf8")
        .split("\n")
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(files.length).toBeGreaterThan(30);
    expect(lines.filter((line) => /aws|amazon|amz|region/i.test(line))).toEqual([
      'rest/clientsmith.facts.json: "protocol": "aws.protocols#restJson1",',
    ]);
  }, 60_000);

  it.skipIf(!chromium)(
    "lists books on a page, and orders one with the key that its user enters",
    async (context) => {
      context.skip(!isInstalled);
      // Its client is generated, so that its types are not known here.
      npm(folder, "run", "generate:rest");
      const { startBookshop, apiKey } = (await import(join(folder, "server.ts"))) as {
        readonly startBookshop: (bookshop: unknown) => Promise<LocalService>;
        readonly apiKey: string;
      };
      const shop = await startBookshop(await import(join(folder, "client/rest/src/index.ts")));
      process.env["VITE_ENDPOINT"] = shop.endpoint;
      onTestFinished(() => {
        delete process.env["VITE_ENDPOINT"];
        return shop.close();
      });
      npm(folder, "run", "page");
      const lines = await shownLines(
        join(folder, "dist/page"),
        `const status = document.querySelector("[role=status]");
        const list = document.querySelector("ul");
        new MutationObserver(() => {
          if (list.children.length < 6) return;
          document.querySelector("#key").value = "${apiKey}";
          list.querySelector("button").click();
        }).observe(list, { childList: true });
        new MutationObserver(() => {
          const titles = [...list.children].map((item) => item.firstChild.textContent.trim());
          if (!status.textContent.includes("placed")) report([...titles, status.textContent]);
        }).observe(status, { childList: true });`,
      );
      expect(lines).toEqual([
        "Emma",
        "Middlemarch",
        "Persuasion",
        "The Portrait of a Lady",
        "The Waves",
        "To the Lighthouse",
        "o-1 is shipped",
      ]);
      const placed = shop.requests.find(({ operation, status }) => operation === "PlaceOrder" && status === 201);
      expect(placed?.headers["x-api-key"]).toBe("***");
    },
    60_000,
  );
});

const reportList = `
  new MutationObserver(() => {
    report([...document.querySelectorAll("li")].map(({ textContent }) => textContent));
  }).observe(document.querySelector("ul"), { childList: true });`;

/**
 * Serves a built page with credentials, opens it, and resolves with the texts that a script on it reports: by default, those
 * of its list once it has some.
 */
async function shownLines(dist: string, script = reportList): Promise<readonly string[]> {
  const types: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };
  const report = `<script>
    const report = (lines) => fetch("/shown", { method: "POST", body: JSON.stringify(lines) });
    ${script}
  </script>`;
  let show: (lines: readonly string[]) => void = () => {};
  const shown = new Promise<readonly string[]>((resolve) => (show = resolve));
  const server = createServer((request, response) => {
    const path = request.url === "/" ? "/index.html" : (request.url ?? "");
    const file = join(dist, path);
    if (path === "/shown") {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => show(JSON.parse(body) as string[]));
      response.end();
    } else if (path === "/credentials") {
      response.end(JSON.stringify({ ...testCredentials, expiration: new Date(Date.now() + 3_600_000) }));
    } else if (existsSync(file)) {
      const text = readFileSync(file, "utf8").replace("</body>", `${report}</body>`);
      response.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain" }).end(text);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  openPage(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return shown;
}

describe("the streams example", () => {
  it("generates its client and copies a file there and back", () => {
    const output = npm(join(examples, "streams"), "start");
    const size = readFileSync(join(examples, "streams/main.ts")).length;
    expect(output).toContain(`${size} bytes announced, ${size} bytes received\n`);
    expect(output).toContain("NoSuchKey: no object /copies/2\n");
  }, 60_000);
});
