import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudTrail, type Service, type ServiceConstructor } from "@clientsmith/cloudtrail/classic";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { root, sharedPath } from "../../support/shared.js";
import { rows } from "./rows.js";
import { scenarios } from "./scenarios/index.js";
import { type ScriptedServer, startServer } from "./server.js";

/** What docs/classic.md says of options and deviations, held to the tests, and to the description of AWS SDK v2. */

interface Row {
  readonly cells: readonly string[];
  /** The tests that the last cell names, by file. */
  readonly tests: readonly { readonly name: string; readonly file: string }[];
}

const text = readFileSync(join(root, "docs/classic.md"), "utf8");
const all = Object.values(scenarios).flat();

/** Rows of the table in a section. */
function tableOf(section: string): Row[] {
  const [, content = ""] = text.split(`\n## ${section}\n`);
  const [own = ""] = content.split("\n## ");
  return own
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) => {
      const cells = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      const links = (cells.at(-1) ?? "").matchAll(/\[([^\]]+)\]\(([^)]+)\)/g);
      return { cells, tests: [...links].map(([, name = "", path = ""]) => ({ name, file: join(root, "docs", path) })) };
    });
}

/** Whether a test of that name is in a file; those of scenarios are known, of others the source is looked at. */
function stands({ name, file }: Row["tests"][number]): boolean {
  const group = /scenarios\/(\w+)\.ts$/.exec(file)?.[1];
  if (group !== undefined) return scenarios[group]?.some((scenario) => scenario.name === name) === true;
  if (!existsSync(file)) return false;
  const names = readFileSync(file, "utf8").matchAll(/^ *(?:it\(|\]\)\(|it\.each\([^\n]*\]\)\()"([^"\n]+)"/gm);
  return [...names].some(([, each = ""]) => each === name || each.endsWith(` ${name}`));
}

describe("the deviations in docs/classic.md", () => {
  const documented = tableOf("What differs from AWS SDK v2, and why").flatMap(({ tests }) => tests);

  it("are those of the scenarios, each once", () => {
    const meant = all.filter(({ deviation }) => deviation).map(({ name }) => name);
    expect(meant.length).toBeGreaterThan(30);
    expect(documented.map(({ name }) => name).toSorted()).toEqual(meant.toSorted());
  });

  it("name scenarios where they are", () => {
    expect(documented.filter((test) => !stands(test))).toEqual([]);
  });
});

const seed = sharedPath("seed");

/** Names of the constructor's options, as the description of AWS SDK v2 lists them; those of maps with a dot. */
function optionsOf(folder: string | undefined): string[] {
  // Skipped suites are collected, too.
  if (folder === undefined) return [];
  const description = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .find((each) => each.includes("Options Hash (options):"));
  const [, after = ""] = (description ?? "").split("Options Hash (options):");
  const [list = ""] = after.split("\nProperty Details");
  const options: string[] = [];
  let outer = "";
  for (const [, indent = "", name = ""] of list.matchAll(/^( *)• (\w+)/gm)) {
    if (indent.length <= 2) outer = name;
    options.push(indent.length <= 2 ? name : `${outer}.${name}`);
  }
  return options;
}

describe.skipIf(seed === undefined)("the options of the constructor", () => {
  const options = optionsOf(seed);
  const documented = tableOf("Options");

  it("have a row each in docs/classic.md, and no others have one", () => {
    expect(options.length).toBeGreaterThan(40);
    const named = documented.map(({ cells }) => cells[0]?.replaceAll("`", ""));
    expect(named.toSorted()).toEqual(options.toSorted());
  });

  it("are each shown by tests that there are", () => {
    expect(documented.filter(({ tests }) => tests.length === 0)).toEqual([]);
    expect(documented.flatMap(({ tests }) => tests).filter((test) => !stands(test))).toEqual([]);
  });
});

/** A value for each option that is not its default. */
const samples: Readonly<Record<string, unknown>> = {
  params: { Name: "audit" },
  endpoint: "http://127.0.0.1:1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "s",
  sessionToken: "t",
  credentials: { accessKeyId: "A", secretAccessKey: "s" },
  credentialProvider: () => Promise.resolve({ accessKeyId: "A", secretAccessKey: "s" }),
  region: "eu-west-1",
  maxRetries: 1,
  maxRedirects: 1,
  sslEnabled: false,
  paramValidation: false,
  computeChecksums: false,
  convertResponseTypes: false,
  correctClockSkew: true,
  s3ForcePathStyle: true,
  s3BucketEndpoint: true,
  s3DisableBodySigning: false,
  s3UsEast1RegionalEndpoint: "regional",
  s3UseArnRegion: false,
  retryDelayOptions: { base: 1 },
  httpOptions: { timeout: 1000 },
  apiVersion: "2024-01-01",
  apiVersions: { cloudtrail: "2024-01-01" },
  logger: { log: () => {} },
  systemClockOffset: 1,
  signatureVersion: "v4",
  signatureCache: false,
  dynamoDbCrc32: false,
  useAccelerateEndpoint: true,
  clientSideMonitoring: true,
  endpointDiscoveryEnabled: false,
  endpointCacheSize: 5,
  hostPrefixEnabled: false,
  stsRegionalEndpoints: "regional",
};

/** Options that the constructor itself acts upon: what shows it. */
const atOnce: Readonly<Record<string, () => unknown>> = {
  endpoint: () => new CloudTrail({ endpoint: "http://own.example" }).endpoint.host === "own.example",
  sslEnabled: () => new CloudTrail({ region: "us-east-1", sslEnabled: false }).endpoint.protocol === "http:",
  accessKeyId: () => hasKeys(),
  secretAccessKey: () => hasKeys(),
  sessionToken: () => hasKeys(),
  apiVersion: () => throwsFor({ apiVersion: "2000-01-01" }),
  apiVersions: () => throwsFor({ apiVersions: { cloudtrail: "2000-01-01" } }),
  signatureVersion: () => throwsFor({ signatureVersion: "v2" }),
  clientSideMonitoring: () =>
    new CloudTrail({ region: "us-east-1", clientSideMonitoring: true }).listeners("apiCall").length > 0,
};

function hasKeys(): boolean {
  const keys = { accessKeyId: "A", secretAccessKey: "s", sessionToken: "t" };
  const { credentials } = new CloudTrail({ region: "us-east-1", ...keys }).config;
  return Object.entries(keys).every(([name, value]) => Reflect.get(credentials ?? {}, name) === value);
}

function throwsFor(options: object): boolean {
  try {
    void new CloudTrail({ region: "us-east-1", ...options });
    return false;
  } catch {
    return true;
  }
}

describe.skipIf(seed === undefined)("no option is dropped in silence", () => {
  const options = optionsOf(seed).filter((name) => !name.includes("."));
  let server: ScriptedServer;
  /** Options that a request of CloudTrail reads. */
  const read = new Set<string>();

  beforeAll(async () => {
    server = await startServer();
    server.script([{ status: 500, body: { message: "x" } }, { body: {} }]);
    await readBy(CloudTrail, "getTrail", { Name: "audit" });
    await server.close();
  });

  /** Makes a request, and notes which options are read meanwhile. */
  async function readBy(Made: ServiceConstructor, operation: string, params: object): Promise<void> {
    const service = new Made({ endpoint: server.url, region: "us-east-1", accessKeyId: "A", secretAccessKey: "s" });
    const config = new Proxy(service.config, {
      get: (target, name) => {
        read.add(String(name));
        return Reflect.get(target, name) as unknown;
      },
    });
    Object.defineProperty(service, "config", { value: config });
    await (service as Service).makeRequest(operation, params).promise();
  }

  it("by CloudTrail: a request reads it, the constructor acts upon it, or a warning names it", () => {
    expect(Object.keys(samples).toSorted()).toEqual(options.toSorted());
    const warning = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const silent = options.filter((option) => {
      warning.mockClear();
      void new CloudTrail({ region: "us-east-1", [option]: samples[option] });
      const isWarned = warning.mock.calls.some(([message]) => String(message).includes(`option ${option} `));
      return !isWarned && atOnce[option]?.() !== true && !read.has(option);
    });
    warning.mockRestore();
    expect(silent).toEqual([]);
  });
});

const behaviour = sharedPath("research/v2-behaviour.md");

describe.skipIf(behaviour === undefined)("the rows of the behaviour of AWS SDK v2", () => {
  const points = (behaviour === undefined ? "" : readFileSync(behaviour, "utf8"))
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (Point|-)/.test(line))
    .map((line) => {
      const [point = "", ...rest] = line.split(" | ").map((cell) => cell.replace(/^\| /, "").trim());
      return { point, isDeviation: rest.join(" ").includes("**→") };
    });

  it("are each shown by scenarios", () => {
    expect(points.length).toBeGreaterThan(35);
    expect(Object.keys(rows).toSorted()).toEqual(points.map(({ point }) => point).toSorted());
    const known = new Set(all.map(({ name }) => name));
    const missing = Object.entries(rows).flatMap(([point, names]) =>
      names.length === 0 ? [point] : names.filter((name) => !known.has(name)),
    );
    expect(missing).toEqual([]);
  });

  it("have a deviation where ours is to be better", () => {
    const deviating = new Set(all.filter(({ deviation }) => deviation).map(({ name }) => name));
    const without = points.filter(
      ({ point, isDeviation }) => isDeviation && !rows[point]?.some((name) => deviating.has(name)),
    );
    expect(without).toEqual([]);
  });
});
