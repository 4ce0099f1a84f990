import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { companionNames, readModel, readService, type Source } from "clientsmith";
import { describe, expect, it, vi } from "vitest";
import { generateInto } from "../../support/generate-client.js";
import { peerFile, peersInstalled } from "../../support/peers.js";
import { complaints, folder } from "./support/check.js";

// The layout of sources takes most of the time, and makes no difference to compilers.
vi.mock(import("#generator/emit/format.js"), () => ({ format: async (_path, text) => text }));

const isInstalled = await peersInstalled();
const apis = peerFile("aws-sdk", "apis");

/** Descriptions that no client can be made of, and why. */
const rejected: Readonly<Record<string, readonly string[]>> = {
  "importexport-2010-06-01": ["unsupported-signature", "unsupported-uri"], // signature version 2, and paths in a query protocol
  "sdb-2009-04-15": ["unsupported-signature"], // signature version 2
};

/** Paginators whose tokens are expressions. */
const warnings = { "unusable-pagination": 3 };

/** One for each protocol at least, and the largest. */
const sample = [
  "cloudtrail-2013-11-01",
  "cloudfront-2020-05-31",
  "dynamodb-2012-08-10",
  "ec2-2016-11-15",
  "lambda-2015-03-31",
  "s3-2006-03-01",
  "sns-2010-03-31",
  "sqs-2012-11-05",
];

const source = (file: string): Source => ({ file, text: readFileSync(file, "utf8") });

describe.skipIf(!isInstalled)("the api-2 descriptions that aws-sdk 2 ships", () => {
  it("are read without a diagnostic that is not explained", () => {
    const files = readdirSync(apis).filter((name) => name.endsWith(".min.json"));
    const failed: Record<string, string[]> = {};
    const warned: Record<string, number> = {};
    const counts = { operations: 0, paginators: 0, waiters: 0 };
    for (const name of files) {
      const file = join(apis, name);
      const beside = companionNames(file).filter((each) => existsSync(each));
      const { model, diagnostics: found } = readModel(source(file), { companions: beside.map(source) });
      const { service, diagnostics } = model ? readService(model) : { service: undefined, diagnostics: [] };
      const all = [...found, ...diagnostics];
      const errors = all.filter(({ severity }) => severity === "error").map(({ code }) => code);
      if (errors.length > 0) failed[name.replace(".min.json", "")] = [...new Set(errors)].toSorted();
      for (const { code, severity } of all) if (severity !== "error") warned[code] = (warned[code] ?? 0) + 1;
      for (const { pagination, classicPagination, waiters } of service?.operations ?? []) {
        counts.operations++;
        if (pagination ?? classicPagination) counts.paginators++;
        counts.waiters += waiters.length;
      }
    }
    expect(files).toHaveLength(400);
    expect(failed).toEqual(rejected);
    expect(warned).toEqual(warnings);
    expect(counts).toEqual({ operations: 16_240, paginators: 3093, waiters: 285 });
  }, 300_000);

  it("result in clients that compile under the strictest settings", async () => {
    rmSync(join(folder, "api2"), { recursive: true, force: true });
    for (const name of sample) await generateInto(join(folder, "api2", name), join(apis, `${name}.min.json`));
    expect(complaints("api2", ["*/src"])).toBe("");
  }, 600_000);
});
