import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalCloudTrail } from "../../../examples/cloudtrail-local/index.js";
import { CloudTrailModel } from "@clientsmith/cloudtrail/model";
import { startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { root } from "../../support/shared.js";

const documents = ["README.md", "generated/cloudtrail/README.md", "docs/testing.md"];

const snippets = documents.flatMap((document) => {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match, index) => ({
    name: `${document}, snippet ${index + 1}`,
    file: `${document.replaceAll(/\W+/g, "-")}-${index + 1}.ts`,
    code: match[1] ?? "",
  }));
});

const folder = join(root, ".cache", "readme");

/** Handlers that return empty outputs. */
const empty = Object.fromEntries(Object.keys(CloudTrailModel.operations).map((name) => [name, () => ({})]));

describe("the code in the READMEs and the guide to tests", () => {
  const before = { ...process.env };
  const services: { endpoint: string; close(): Promise<void> }[] = [];

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const { file, code } of snippets) writeFileSync(join(folder, file), `${code}\nexport {};\n`);
    // The project's README needs a working CloudTrail. A generated README has the examples of the model, whose trails do not
    // exist.
    services.push(
      await startLocalCloudTrail({ events: 200 }),
      await startLocalService({ service: CloudTrailModel, handlers: empty }),
    );
    // The snippets take these from the environment.
    Object.assign(process.env, {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
    });
  });

  afterAll(async () => {
    process.env = before;
    await Promise.all(services.map((service) => service.close()));
  });

  it("is there", () => expect(snippets.length).toBeGreaterThanOrEqual(3));

  it("compiles under the strict settings", () => {
    const config = { extends: "../../tsconfig.json", include: ["*.ts"], exclude: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { stdio: "pipe", encoding: "utf8" });
  });

  it.each(snippets.map(({ name, file }) => [name, file] as const))("%s runs", async (name, file) => {
    process.env["AWS_ENDPOINT_URL"] = services[name.startsWith("generated") ? 1 : 0]?.endpoint;
    await import(join(folder, file));
  });
});
