import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { config } from "@clientsmith/cloudtrail/classic";
import { testCredentials } from "@clientsmith/runtime/testing";
import { startLocalCloudTrail } from "../../../examples/cloudtrail-local/index.js";
import { CloudTrailClient, createTrail } from "@clientsmith/cloudtrail";
import { peer, peerFile, peersInstalled } from "../../support/peers.js";
import { root } from "../../support/shared.js";

const isInstalled = await peersInstalled();
if (!isInstalled) console.log("skipped: the code in docs/migrating.md, because the official clients are not installed");

interface Snippet {
  readonly kind: "v2" | "v3" | "classic" | "ours";
  readonly file: string;
  readonly code: string;
}

const folder = join(root, ".cache", "migrating");
const document = readFileSync(join(root, "docs/migrating.md"), "utf8");
const snippets: readonly Snippet[] = [...document.matchAll(/^```ts (v2|v3|classic|ours)\n(.*?)^```$/gms)].map(
  ([, kind, code = ""], index) => ({ kind: kind as Snippet["kind"], file: `${index + 1}-${kind}.ts`, code }),
);
/** A snippet before the migration, and the next one, after it. */
const pairs = snippets.flatMap((before, index) => {
  const after = snippets[index + 1];
  return before.kind.startsWith("v") && after ? [{ name: `${before.file}, ${after.file}`, before, after }] : [];
});
const alone = snippets.filter((each) => !pairs.some(({ before, after }) => each === before || each === after));

describe.skipIf(!isInstalled)("the code in docs/migrating.md", () => {
  const outside = { ...process.env };
  let service: Awaited<ReturnType<typeof startLocalCloudTrail>>;
  let original: { config: { update(options: object): void } };

  /** Runs a snippet and returns its output and the operations that it calls. */
  const run = async ({
    file,
  }: Snippet): Promise<{ readonly printed: unknown[][]; readonly operations: (string | undefined)[] }> => {
    const from = { region: "us-east-1", endpoint: service.endpoint, maxRetries: 1, credentials: testCredentials };
    config.clear();
    config.update(from);
    original.config.update(from);
    const received = service.requests.length;
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    try {
      await import(join(folder, file));
      await vi.waitFor(() => expect(log).toHaveBeenCalled(), { timeout: 5_000, interval: 5 });
      const requests = service.requests.slice(received);
      return { printed: [...log.mock.calls], operations: requests.map(({ operation }) => operation) };
    } finally {
      log.mockRestore();
    }
  };

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, "node_modules/@aws-sdk"), { recursive: true });
    for (const name of ["aws-sdk", "@aws-sdk/client-cloudtrail"]) {
      symlinkSync(peerFile(name, "."), join(folder, "node_modules", name));
    }
    for (const { file, code } of snippets) writeFileSync(join(folder, file), `${code}\nexport {};\n`);
    original = (await peer("aws-sdk")) as unknown as typeof original;
    service = await startLocalCloudTrail({ events: 100 });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: service.endpoint,
      AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
    });
    const client = new CloudTrailClient({ region: "us-east-1" });
    await createTrail(client, { Name: "audit", S3BucketName: "example-audit-logs" });
    await client.close();
  });

  afterAll(async () => {
    process.env = outside;
    await service.close();
  });

  it("is in pairs", () => {
    expect(pairs.length).toBeGreaterThanOrEqual(7);
    for (const { before, after } of pairs)
      expect([before.kind, after.kind]).toEqual([before.kind, expect.stringMatching(/classic|ours/)]);
  });

  it("compiles under the strict settings", () => {
    const settings = { extends: "../../tsconfig.json", include: ["*.ts"], exclude: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { stdio: "pipe", encoding: "utf8" });
  }, 60_000);

  it.each(pairs.map((pair) => [pair.name, pair] as const))("%s: the same before and after", async (_name, pair) => {
    const { before, after } = pair;
    const expected = await run(before);
    expect(await run(after)).toEqual(expected);
    expect(expected.printed.flat()).not.toContain(undefined);
  });

  it.each(alone.map((each) => [each.file, each] as const))("%s runs", async (_name, snippet) => {
    expect(await run(snippet)).toMatchObject({ printed: [["us-east-1"]] });
  });
});
