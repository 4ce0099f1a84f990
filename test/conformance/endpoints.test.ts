import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { EndpointError } from "#runtime/errors/index.js";
import type { EndpointParameters, EndpointResolver } from "#runtime/schema/service.js";
import { compileEndpoints, type EndpointTestCase, endpointTests, serviceTraits } from "../support/compile-endpoints.js";
import { EndpointInputs } from "./support/endpoint-inputs.js";
import { jsonFiles, root, sharedPath } from "../support/shared.js";

/**
 * The cases of the models are older than 2025-09, when AWS corrected its partition data: its isolated partitions do have
 * dual-stack endpoints (smithy-lang/smithy#2781). Those cases are tried with the data of their day, all others with ours.
 */
const datedCases = 139;
const data = vi.hoisted(() => ({ isDated: false }));
vi.mock(import("#runtime/endpoints/partitions.js"), async (original) => {
  const { aws, partitions } = await original();
  const switched = partitions.map((partition) => {
    if (!partition.name.startsWith("aws-iso")) return partition;
    return Object.defineProperties(
      { ...partition },
      {
        supportsDualStack: { get: () => !data.isDated },
        dualStackDnsSuffix: { get: () => (data.isDated ? partition.dnsSuffix : partition.dualStackDnsSuffix) },
      },
    );
  });
  return { aws, partitions: switched };
});

interface Suite {
  readonly file: string;
  readonly name: string;
  readonly ruleSet: unknown;
  readonly cases: readonly EndpointTestCase[];
}

const models = sharedPath("models");
const suites = [...(models ? jsonFiles(models) : []), join(root, "model/cloudtrail.json")].map(readSuite);
const compilable = suites.filter(({ ruleSet }) => ruleSet !== undefined);
const others = suites.filter(({ ruleSet }) => ruleSet === undefined);
if (others.length > 0) {
  const list = others.map(({ name, cases }) => `${name} (${cases.length} cases)`).join(", ");
  console.log(`skipped: ${list}, which have no rule set`);
}

if (models) console.log("endpoint cases: 2,132 as shipped, 139 with the partition data of their day");

describe("endpoint tests of the models", () => {
  it.skipIf(!models)("are all there: 2,132 tried as shipped, 139 with the partition data of their day", () => {
    const shared = suites.filter(({ name }) => name !== "cloudtrail");
    const cases = shared.flatMap((suite) => suite.cases);
    expect({
      models: shared.length,
      cases: cases.length,
      asShipped: cases.filter((each) => !isDated(each)).length,
      dated: cases.filter(isDated).length,
      withoutRuleSet: others.length,
      calls: cases.flatMap(({ operationInputs = [] }) => operationInputs).length,
    }).toEqual({ models: 32, cases: 2271, asShipped: 2132, dated: datedCases, withoutRuleSet: 0, calls: 350 });
  });

  describe.each(compilable)("$name", ({ file, name, ruleSet, cases }) => {
    // Compiled once, and inside a test, so that a rule set that does not compile fails its cases and no others.
    let resolver: Promise<EndpointResolver> | undefined;
    let inputs: EndpointInputs | undefined;

    it.each(cases.map((each, index) => ({ ...each, title: `${index + 1}: ${each.documentation ?? ""}` })))(
      "$title",
      async (each) => {
        resolver ??= compileEndpoints(`conformance-${name}`, ruleSet);
        const resolve = await resolver;
        data.isDated = isDated(each);
        expect(outcome(resolve, each.params ?? {})).toEqual(wanted(each));
        for (const input of each.operationInputs ?? []) {
          inputs ??= new EndpointInputs(file, resolve);
          const parameters = await inputs.parametersOf(input);
          expect({ input, ...outcome(resolve, parameters) }).toEqual({ input, ...wanted(each) });
        }
      },
    );
  });
});

it.skipIf(!models)("an isolated partition had one DNS suffix before it had a dual stack", async () => {
  const { ruleSet, cases } = readSuite(join(models ?? "", "../cases/dual-stack-only-iso.json"));
  const resolve = await compileEndpoints("conformance-dual-stack-only", ruleSet);
  expect(cases.length).toBeGreaterThan(0);
  data.isDated = true;
  for (const each of cases) expect(outcome(resolve, each.params ?? {})).toEqual(wanted(each));
  data.isDated = false;
  expect(outcome(resolve, { Region: "us-iso-east-1" })).toMatchObject({
    endpoint: { url: "https://pond.us-iso-east-1.api.aws.ic.gov" },
  });
});

/** True for a case that says of an isolated partition that it has no dual stack. */
function isDated({ params, expect: expected }: EndpointTestCase): boolean {
  const isIsolated = /^(us|eu)-iso[a-z]?-/.test(String(params?.["Region"]));
  return isIsolated && params?.["UseDualStack"] === true && expected.error !== undefined;
}

function readSuite(file: string): Suite {
  const traits = serviceTraits(readFileSync(file, "utf8"));
  return {
    file,
    name: basename(file, ".json"),
    ruleSet: traits["smithy.rules#endpointRuleSet"],
    cases: endpointTests(traits),
  };
}

function wanted({ expect: { error, endpoint } }: EndpointTestCase): object {
  return error === undefined ? { endpoint: { headers: {}, properties: {}, ...endpoint } } : { error };
}

function outcome(resolve: EndpointResolver, parameters: EndpointParameters): object {
  try {
    return { endpoint: { headers: {}, properties: {}, ...resolve(parameters) } };
  } catch (error) {
    if (error instanceof EndpointError) return { error: error.message };
    throw error;
  }
}
