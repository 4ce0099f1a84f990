import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as classic from "@clientsmith/cloudtrail/classic";
import { startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { CloudTrailModel } from "@clientsmith/cloudtrail/model";
import { createLocalCloudTrail } from "../../../examples/cloudtrail-local/index.js";
import { inputError } from "../../../examples/cloudtrail-local/inputErrors.js";
import { shared, sharedTypes } from "#generator/migrate/members.js";
import { peer, peerFile, peersInstalled } from "../../support/peers.js";
import { root } from "../../support/shared.js";
import { type Case, functionCases, leftCases, mixedCases, wholeCases } from "../../unit/generator/migrate/cases.js";

const isInstalled = await peersInstalled();
if (!isInstalled) console.log("skipped: code before and after a migration, because aws-sdk 2 could not be installed");

const folder = join(root, ".cache", "migrate");
const cases: readonly Case[] = [...wholeCases, ...mixedCases, ...leftCases, ...functionCases];
const running = cases.filter(({ runs }) => runs);

/** A module of a case, of the name that its ending makes unique. */
function put(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe.skipIf(!isInstalled)("code before and after a migration", () => {
  const outside = { ...process.env };
  let service: Awaited<ReturnType<typeof startLocalService>>;

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    symlinkSync(peerFile("aws-sdk", "."), join(folder, "node_modules", "aws-sdk"));
    await peer("aws-sdk");
    const handlers = createLocalCloudTrail({ events: 10 });
    service = await startLocalService({ service: CloudTrailModel, handlers, invalidInput: inputError });
    await handlers.createTrail({ Name: "audit", S3BucketName: "example-audit-logs" }, {} as never);
    Object.assign(process.env, {
      ENDPOINT: service.endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
    });
  });

  afterAll(async () => {
    process.env = outside;
    await service.close();
  });

  it("compiles under the strict settings", () => {
    const compiled = cases.filter(({ isLoose }) => !isLoose);
    for (const [index, { after, before, ending = ".ts" }] of compiled.entries()) {
      if (ending.includes("ts")) put(`compiled-${index}${ending}`, after ?? before);
    }
    const config = {
      extends: "../../tsconfig.json",
      compilerOptions: { noUncheckedSideEffectImports: false, esModuleInterop: true },
      include: ["compiled-*"],
      exclude: [],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { stdio: "pipe", encoding: "utf8" });
  }, 60_000);

  it("has the same names in both", async () => {
    const original = await peer("aws-sdk");
    const names = Object.keys(classic).filter((name) => name in original && name !== "CloudTrail");
    expect(names.toSorted()).toEqual([...shared].filter((name) => !sharedTypes.has(name)).toSorted());
  });

  it("is run often enough to tell", () => expect(running.length).toBeGreaterThanOrEqual(10));

  it.each(running.map((each, index) => [each.name, each, index] as const))("%s", async (_name, each, index) => {
    const { before, after = before, ending = ".ts" } = each;
    const outcomes = [];
    for (const [state, text] of Object.entries({ before, after })) {
      const file = put(`${state}-${index}${ending}`, text);
      const module = (ending === ".cjs" ? createRequire(file)(file) : await import(file)) as {
        run(): Promise<unknown>;
      };
      const received = service.requests.length;
      const outcome = await module.run();
      outcomes.push({ outcome, operations: service.requests.slice(received).map(({ operation }) => operation) });
    }
    expect(JSON.stringify(outcomes[0])).toContain("arn:aws:cloudtrail:us-east-1:123456789012:trail/audit");
    expect(outcomes[1]).toEqual(outcomes[0]);
  });
});
