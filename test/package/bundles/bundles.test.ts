import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npmInstall } from "../../support/npm.js";
import { root } from "../../support/shared.js";

const here = join(root, "test/package/bundles");
const program = join(here, "program.mjs");
const isInstalled =
  existsSync(join(here, "node_modules/webpack")) || npmInstall(here, ["ci"], "the tests of bundled programs");

type Format = "esm" | "cjs";

interface Bundle {
  readonly code: string;
  readonly warnings: readonly string[];
}

interface Esbuild {
  build(options: object): Promise<{
    readonly outputFiles: readonly { readonly text: string }[];
    readonly warnings: readonly { readonly text: string }[];
  }>;
}

interface WebpackStats {
  toJson(options: object): { readonly warnings?: readonly { readonly message: string }[] };
  hasErrors(): boolean;
  toString(): string;
}

type Webpack = (options: object, done: (error: Error | null, stats: WebpackStats) => void) => void;

/** A package that these tests install. */
function installed(name: string): unknown {
  return createRequire(join(here, "package.json"))(name);
}

const bundlers: Readonly<Record<string, (format: Format, folder: string) => Promise<Bundle>>> = {
  async esbuild(format) {
    const { build } = installed("esbuild") as Esbuild;
    const { outputFiles, warnings } = await build({
      entryPoints: [program],
      bundle: true,
      minify: true,
      platform: "node",
      format,
      write: false,
      logLevel: "silent",
    });
    return { code: outputFiles.map(({ text }) => text).join(""), warnings: warnings.map(({ text }) => text) };
  },

  async rolldown(format) {
    const warnings: string[] = [];
    const bundle = await rolldown({
      input: program,
      platform: "node",
      onLog: (_level, { message }) => void warnings.push(message),
    });
    const { output } = await bundle.generate({ format, minify: true, codeSplitting: false });
    await bundle.close();
    return { code: output.map((file) => ("code" in file ? file.code : "")).join(""), warnings };
  },

  webpack(format, folder) {
    const webpack = installed("webpack") as Webpack;
    const isModule = format === "esm";
    const options = {
      mode: "production",
      target: "node20",
      entry: program,
      performance: false,
      experiments: { outputModule: isModule },
      output: {
        path: folder,
        filename: "webpack.js",
        library: { type: isModule ? "module" : "commonjs2" },
        chunkFormat: isModule ? "module" : "commonjs",
      },
    };
    return new Promise((resolve, reject) => {
      webpack(options, (error, stats) => {
        if (error ?? stats.hasErrors()) return reject(error ?? new Error(String(stats)));
        const { warnings = [] } = stats.toJson({ all: false, warnings: true });
        return resolve({
          code: readFileSync(join(folder, "webpack.js"), "utf8"),
          warnings: warnings.map(({ message }) => message),
        });
      });
    });
  },
};

/** A CloudTrail that is slow, flaky or without the trail where its name says so. */
function startService(): Server {
  let failures = 0;
  return createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { Name: name } = JSON.parse(body) as { readonly Name: string };
      if (name === "slow") return;
      const fails = name === "missing" || (name === "flaky" && failures++ % 2 === 0);
      response.statusCode = name === "missing" ? 400 : fails ? 500 : 200;
      response.setHeader("content-type", "application/x-amz-json-1.1");
      response.setHeader("x-amzn-requestid", "r-1");
      response.end(
        JSON.stringify(
          name === "missing"
            ? { __type: "TrailNotFoundException", message: "no such trail" }
            : fails
              ? { __type: "InternalError" }
              : { Trail: { Name: name } },
        ),
      );
    });
  });
}

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

function run(file: string, endpoint: string): Promise<Outcome> {
  const env = { PATH: process.env["PATH"], SERVICE_ENDPOINT: endpoint };
  const child = spawn(process.execPath, [file], { env, timeout: 20_000 });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on("close", (status) => resolve({ stdout, stderr, status })));
}

describe.runIf(isInstalled)("a program in one file, away from every package", () => {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-bundle-"));
  const server = startService();
  let endpoint = "";

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const forms = Object.keys(bundlers).flatMap((name) =>
    (["esm", "cjs"] as const).map((format) => [name, format] as const),
  );

  it.each(forms)(
    "by %s as %s holds no undici and keeps every promise",
    async (name, format) => {
      const place = join(folder, `${name}-${format}`);
      mkdirSync(place);
      const bundle = await bundlers[name]?.(format, place);
      expect(bundle?.warnings).toEqual([]);
      expect(bundle?.code).not.toContain("undici/lib");
      expect(bundle?.code.length).toBeLessThan(160_000);
      const file = join(place, format === "esm" ? "program.mjs" : "program.cjs");
      writeFileSync(file, bundle?.code ?? "");

      const { stdout, stderr, status } = await run(file, endpoint);
      expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
      expect(JSON.parse(stdout)).toMatchObject({
        output: { Trail: { Name: "audit" }, $metadata: { requestId: "r-1", attempts: 1 } },
        retried: 2,
        events: ["request", "complete", "request", "retry", "complete"],
        invalid: {
          name: "ValidationError",
          message: "GetTrailRequest has 1 problem:\n  Name: must be a string, but is the number 5",
          explained: expect.stringContaining("attempts    none: nothing was sent") as string,
        },
        modelled: {
          name: "TrailNotFoundException",
          code: "Service",
          message: "no such trail",
          explained: expect.stringContaining("for cloudtrail in us-east-1") as string,
        },
        late: { name: "TimeoutError", phase: "deadline", explained: expect.stringContaining("of at most 1") as string },
        proxy: { message: expect.stringContaining("@clientsmith/runtime/transport/undici") as string },
      });
    },
    60_000,
  );

  it("has the same bytes by the root as by the subpaths", async () => {
    const { build } = installed("esbuild") as Esbuild;
    const sizes = await Promise.all(
      [
        'import { CloudTrailClient, getTrail } from "@clientsmith/cloudtrail";',
        'import { CloudTrailClient } from "@clientsmith/cloudtrail/client"; import { getTrail } from "@clientsmith/cloudtrail/getTrail";',
      ].map(async (imports) => {
        const contents = `${imports} console.log(await getTrail(new CloudTrailClient({}), { Name: "audit" }));`;
        const stdin = { contents, resolveDir: here, loader: "js" };
        const { outputFiles } = await build({
          stdin,
          bundle: true,
          minify: true,
          platform: "node",
          format: "esm",
          write: false,
        });
        return outputFiles[0]?.text.length;
      }),
    );
    expect(sizes[0]).toBe(sizes[1]);
  });
});
