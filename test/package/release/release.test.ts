import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../../support/shared.js";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly keywords?: readonly string[];
  readonly repository?: { readonly url: string; readonly directory: string };
  readonly bin?: object;
}

/** What npm sends to publish a package. */
interface Publication {
  readonly access: string;
  readonly versions: Readonly<Record<string, Manifest>>;
  readonly _attachments: Readonly<Record<string, { readonly data: string }>>;
}

interface Published {
  readonly manifest: Manifest;
  readonly access: string;
  readonly files: readonly string[];
}

interface Registry {
  readonly url: string;
  readonly published: Map<string, Published>;
  /** Configures npm for this registry, and for no other. */
  readonly config: string;
}

/** The names of the files in a tarball, without its top folder. */
function filesOf(tarball: Buffer): string[] {
  const archive = gunzipSync(tarball);
  const names: string[] = [];
  for (let at = 0; at < archive.length && archive[at] !== 0;) {
    const text = (start: number, length: number): string =>
      archive.toString("utf8", at + start, at + start + length).replace(/\0.*$/s, "");
    const isFile = ["0", ""].includes(text(156, 1));
    const prefix = text(345, 155);
    if (isFile) names.push((prefix ? `${prefix}/` : "").concat(text(0, 100)).replace(/^package\//, ""));
    at += 512 + Math.ceil(Number.parseInt(text(124, 12), 8) / 512) * 512;
  }
  return names;
}

/** A registry on loopback that keeps what is published to it. */
async function startRegistry(): Promise<Registry> {
  const published = new Map<string, Published>();
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url ?? "").slice(1);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      if (request.method === "PUT") {
        const { access, versions, _attachments } = JSON.parse(Buffer.concat(chunks).toString()) as Publication;
        const [manifest] = Object.values(versions);
        const [attachment] = Object.values(_attachments);
        if (manifest && attachment) {
          published.set(name, { manifest, access, files: filesOf(Buffer.from(attachment.data, "base64")) });
        }
        response.writeHead(201).end("{}");
        return;
      }
      const known = published.get(name)?.manifest;
      if (!known) response.writeHead(404).end("{}");
      else {
        const tags = { latest: known.version };
        response.end(JSON.stringify({ name, "dist-tags": tags, versions: { [known.version]: known } }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-registry-"));
  const config = join(folder, "npmrc");
  writeFileSync(config, `registry=http://${host}/\n//${host}/:_authToken=token\n`);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { url: `http://${host}/`, published, config };
}

async function release(config: string, ...options: readonly string[]): Promise<{ output: string; status: number }> {
  // Provenance is signed by the workflow's identity, which no other process has.
  const child = spawn(process.execPath, ["scripts/release.mjs", "--provenance=false", ...options], {
    cwd: root,
    env: { ...process.env, npm_config_userconfig: config, npm_config_loglevel: "notice" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const status = await new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? 1)));
  return { output, status };
}

const names = ["@clientsmith/runtime", "clientsmith", "@clientsmith/cloudtrail"];

describe("a release", () => {
  it("publishes each package once, after those that it depends on", async () => {
    const registry = await startRegistry();
    const { output, status } = await release(registry.config);
    expect(output).not.toMatch(/npm (warn|error)/);
    expect(status).toBe(0);
    expect([...registry.published.keys()]).toEqual(names);
    for (const [name, { access, files, manifest }] of registry.published) {
      expect(access).toBe("public");
      expect(manifest).toMatchObject({ name, license: "Apache-2.0" });
      expect(manifest.keywords).toContain("aws");
      expect(manifest.repository?.url).toBe("git+https://github.com/clientsmith/clientsmith.git");
      expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json", "dist/index.d.ts"]));
      const allowed = /^(LICENSE|README\.md|package\.json|clientsmith\.json|(src|dist|bin)\/.*)$/;
      expect(files.filter((file) => !allowed.test(file) || file.endsWith(".tsbuildinfo"))).toEqual([]);
    }
    expect(registry.published.get("clientsmith")?.manifest.bin).toEqual({ clientsmith: "bin/clientsmith.js" });

    registry.published.delete("clientsmith");
    const again = await release(registry.config);
    expect(again.status).toBe(0);
    expect(again.output).toMatch(/^@clientsmith\/runtime \S+ is already published$/m);
    expect(registry.published.has("clientsmith")).toBe(true);
  }, 120_000);

  it("shows the contents of each package and publishes nothing, with --dry-run and no registry", async () => {
    const registry = await startRegistry();
    const { output, status } = await release(registry.config, "--dry-run", "--offline");
    expect(status).toBe(0);
    for (const name of names) expect(output).toContain(`+ ${name}@`);
    expect(output.match(/\bLICENSE$/gm)).toHaveLength(names.length);
    expect(registry.published.size).toBe(0);
  }, 120_000);

  it("fails and publishes no further package when the registry cannot be queried", async () => {
    const { output, status } = await release(
      (await startRegistry()).config,
      "--registry=http://127.0.0.1:1/",
      "--fetch-retries=0",
    );
    expect(status).toBe(1);
    expect(output).toContain("the registry cannot be queried for @clientsmith/runtime");
  }, 60_000);
});
