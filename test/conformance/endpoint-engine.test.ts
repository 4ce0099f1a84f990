import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileRuleSet } from "#generator/endpoints/compile.js";
import { outcome } from "../unit/generator/endpoints/support/load.js";
import { compileEndpoints, type EndpointTestCase } from "../support/compile-endpoints.js";
import { jsonFiles, sharedPath } from "../support/shared.js";

/** The public rule sets of the endpoint rules engine, and the cases of 16 of them. */
const folder = sharedPath("conformance/endpoint-engine");

interface Suite {
  readonly name: string;
  readonly ruleSet: unknown;
  readonly cases: readonly EndpointTestCase[];
}

/** The test cases of this rule set have another name. */
const otherNames: Readonly<Record<string, string>> = { "local-region-override": "region-override" };

const cases = folder ? casesByName(join(folder, "test-cases")) : new Map<string, readonly EndpointTestCase[]>();
const suites = (folder ? jsonFiles(join(folder, "valid-rules")) : []).map((file): Suite => {
  const name = basename(file, ".json");
  return { name, ruleSet: readJson(file), cases: cases.get(name) ?? [] };
});

/** Isolated partitions have had dual-stack endpoints since 2025-09; these cases are older. */
const dated: Readonly<Record<string, object>> = {
  "cloud.adc-e.uk": { dualStackSuffix: "api.cloud-aws.adc-e.uk" },
  "csp.hci.ic.gov": { dualStackSuffix: "api.aws.hci.ic.gov" },
};

/** The rule reads an optional parameter without a check: it is compiled with one, and reported. */
const warnings: Readonly<Record<string, readonly string[]>> = {
  custom_object_condition: [
    "warning: rules[0].conditions[0] of the endpoint rules uses Arn without a check that it is set; the rule does not apply if it is unset",
  ],
};

describe.skipIf(!folder)("the public suite of the endpoint rules engine", () => {
  it("has 19 rule sets and 101 cases", () => {
    const counted = suites.map((suite) => suite.cases.length);
    expect([suites.length, counted.filter((count) => count > 0).length, counted.reduce((a, b) => a + b, 0)]).toEqual([
      19, 16, 101,
    ]);
    expect([...cases.keys()].filter((name) => !suites.some((suite) => suite.name === name))).toEqual([]);
  });

  it.each(suites)("$name", async ({ name, ruleSet, cases: own }) => {
    const messages: string[] = [];
    const resolve = await compileEndpoints(`engine-${name}`, ruleSet, (rules, options) => {
      const { diagnostics, ...compiled } = compileRuleSet(rules, options);
      messages.push(...diagnostics.map(({ severity, message }) => `${severity}: ${message}`));
      return { ...compiled, diagnostics: [] };
    });
    expect(messages).toEqual(warnings[name] ?? []);
    const found = own.map(({ documentation, params = {} }) => ({ documentation, ...outcome(resolve, params) }));
    expect(found).toEqual(own.map(({ documentation, expect: wanted }) => ({ documentation, ...current(wanted) })));
  });
});

function casesByName(path: string): Map<string, readonly EndpointTestCase[]> {
  return new Map(
    jsonFiles(path).map((file) => {
      const { testCases } = readJson(file) as { testCases: readonly EndpointTestCase[] };
      const name = basename(file, ".json");
      return [otherNames[name] ?? name, testCases];
    }),
  );
}

/** The expectation of a case, with the partition data of today. */
function current(wanted: EndpointTestCase["expect"]): object {
  const meta = (wanted.endpoint?.properties as { meta?: { baseSuffix: string } } | undefined)?.meta;
  const newer = meta && dated[meta.baseSuffix];
  if (!newer) return wanted;
  return {
    ...wanted,
    endpoint: { ...wanted.endpoint, properties: { ...wanted.endpoint?.properties, meta: { ...meta, ...newer } } },
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
