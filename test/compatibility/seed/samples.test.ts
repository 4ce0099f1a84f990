import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as AWS from "@clientsmith/cloudtrail/classic";
import { CloudTrailModel } from "@clientsmith/cloudtrail/model";
import { testCredentials } from "@clientsmith/runtime/testing";
import { startLocalCloudTrail } from "../../../examples/cloudtrail-local/index.js";
import { root, sharedPath } from "../../support/shared.js";
import { constructorSamples, fillIn, operationSamples, type Sample } from "./samples.js";

const seed = sharedPath("seed");
const document = seed === undefined ? "" : readSeed(seed);
const samples = operationSamples(document);
const constructors = constructorSamples(document);

/** The one line that is not the document's. */
const importLine = 'import * as AWS from "@clientsmith/cloudtrail/classic";\n';

const folder = join(root, ".cache", "seed-samples");

/** Filled in as a whole, it sets both kinds of selectors, of which a trail has one. */
const rejected: Readonly<Record<string, string>> = { putEventSelectors: "InvalidEventSelectorsException" };

const callback = (sample: Sample, more = ""): string =>
  `${importLine}${constructors[0]}\n${fillIn(sample.params)}${more}${sample.call}\n`;

/** The same call with the two branches of its callback as those of a promise. */
const promise = (sample: Sample, more = ""): string =>
  `${importLine}${constructors[0]}\n${fillIn(sample.params)}${more}` +
  `cloudtrail.${sample.operation}(params).promise().then(\n` +
  "  function(data) { console.log(data); },\n  function(err) { console.log(err, err.stack); }\n);\n";

const forms = { callback, promise };

/** A trail is made first and deleted last, whatever the document's order. */
const ordered = samples.toSorted((left, right) => rank(left) - rank(right));

describe.skipIf(seed === undefined)("the samples of the seed", () => {
  const ran: Record<string, Set<string>> = {};
  let service: Awaited<ReturnType<typeof startLocalCloudTrail>>;
  let count = 0;

  /** Runs code as a module and gives what its callback has logged. */
  const run = async (code: string): Promise<unknown[]> => {
    const file = join(folder, `run-${(count += 1)}.ts`);
    writeFileSync(file, code);
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    try {
      await import(file);
      await vi.waitFor(() => expect(log).toHaveBeenCalled(), { timeout: 5_000, interval: 5 });
      return log.mock.calls[0] ?? [];
    } finally {
      log.mockRestore();
    }
  };

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  });

  it("are of exactly the operations of the model", () => {
    const operations = Object.keys(CloudTrailModel.operations);
    expect(samples.map(({ operation }) => operation).toSorted()).toEqual(operations.toSorted());
    expect(samples).toHaveLength(18);
  });

  it("construct a service object in each of the ways shown", async () => {
    expect(constructors).toHaveLength(3);
    for (const constructor of constructors) {
      AWS.config.clear();
      const file = join(folder, `constructor-${(count += 1)}.ts`);
      writeFileSync(file, `${importLine}${constructor}\nexport { cloudtrail };\n`);
      const { cloudtrail } = (await import(file)) as { cloudtrail: AWS.CloudTrail };
      expect(cloudtrail).toBeInstanceOf(AWS.CloudTrail);
    }
  });

  describe.each(["callback", "promise"] as const)("in %s form", (form) => {
    beforeAll(async () => {
      service = await startLocalCloudTrail({ events: 20 });
      ran[form] = new Set();
    });

    afterAll(() => service.close());

    // What the samples leave to the configuration around them.
    beforeEach(() => {
      AWS.config.clear();
      AWS.config.update({ region: "us-east-1", endpoint: service.endpoint, ...testCredentials });
    });

    it.each(ordered.map((sample) => [sample.operation, sample] as const))("%s", async (operation, sample) => {
      const before = service.requests.length;
      const [first, ...rest] = await run(forms[form](sample));
      const name = CloudTrailModel.operations[operation as keyof typeof CloudTrailModel.operations].name;
      // The service notes a request after the response.
      await vi.waitFor(() => {
        expect(service.requests.slice(before).map((request) => request.operation)).toEqual([name]);
      });
      if (operation in rejected) {
        expect(first).toMatchObject({ code: rejected[operation], statusCode: 400 });
        expect(rest).toEqual([(first as Error).stack]);
        const [data] = await run(forms[form](sample, "delete (params as any).AdvancedEventSelectors;\n"));
        expect(data).toMatchObject({ EventSelectors: [{ ReadWriteType: "ReadOnly" }] });
      } else {
        expect(rest).toEqual([]);
        expect(first).toMatchObject(expected[operation] ?? {});
      }
      ran[form]?.add(operation);
    });

    it("ran all 18", () => expect(ran[form]?.size).toBe(18));
  });

  it("compile under the strict settings", () => {
    const files = join(folder, "compiled");
    mkdirSync(files);
    for (const sample of samples) {
      for (const [form, write] of Object.entries(forms)) {
        writeFileSync(join(files, `${sample.operation}.${form}.ts`), write(sample));
      }
      writeFileSync(join(files, `${sample.operation}.declared.ts`), declared(sample));
    }
    const config = { extends: "../../../tsconfig.json", include: ["*.ts"], exclude: [] };
    writeFileSync(join(files, "tsconfig.json"), JSON.stringify(config));
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", files], { stdio: "pipe", encoding: "utf8" });
  }, 60_000);
});

/** What shows that an operation did its work. */
const trail = { Name: "audit", TrailARN: "arn:aws:cloudtrail:us-east-1:123456789012:trail/audit" };
const expected: Readonly<Record<string, object>> = {
  createTrail: { ...trail, S3BucketName: "example-audit-logs", IsMultiRegionTrail: true },
  updateTrail: { ...trail, S3KeyPrefix: "prefix" },
  getTrail: { Trail: trail },
  describeTrails: { trailList: [trail] },
  listTrails: { Trails: [trail] },
  listTags: { ResourceTagList: [{ ResourceId: trail.TrailARN, TagsList: [{ Key: "team", Value: "platform" }] }] },
  getEventSelectors: { TrailARN: trail.TrailARN, EventSelectors: [{}] },
  putInsightSelectors: { InsightSelectors: [{ InsightType: "ApiCallRateInsight" }] },
  getInsightSelectors: { InsightSelectors: [{ InsightType: "ApiCallRateInsight" }] },
  getTrailStatus: { IsLogging: expect.any(Boolean) },
  lookupEvents: { Events: [] },
};

/** The call with its callback declared as TypeScript code of the older generation does. */
function declared({ operation, params, call }: Sample): string {
  const output = `AWS.CloudTrail.${operation.charAt(0).toUpperCase()}${operation.slice(1)}Response`;
  const typed = call.replace("function(err, data)", `function(err: AWS.AWSError, data: ${output})`);
  return `${importLine}${constructors[0]}\n${fillIn(params)}${typed}\n`;
}

function rank({ operation }: Sample): number {
  const first = ["createTrail", "addTags", "putInsightSelectors"].indexOf(operation);
  if (first >= 0) return first;
  return { removeTags: 5, deleteTrail: 6 }[operation] ?? 4;
}

function readSeed(path: string): string {
  return readdirSync(path)
    .map((name) => readFileSync(join(path, name), "utf8"))
    .join("\n");
}
