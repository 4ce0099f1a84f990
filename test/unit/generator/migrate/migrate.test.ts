import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { migrate, type Target } from "#generator/migrate/migrate.js";
import { readFacts, type ServicePackage } from "#generator/migrate/packages.js";
import { sections } from "#generator/migrate/sections.js";
import { root } from "../../../support/shared.js";
import { type Case, functionCases, leftCases, mixedCases, wholeCases } from "./cases.js";

const declarations = readFileSync(join(root, "generated/cloudtrail/src/classic.ts"), "utf8");
const cloudtrail: ServicePackage = {
  service: "cloudtrail",
  name: "@clientsmith/cloudtrail",
  facts: readFacts(declarations),
};

function migrated(text: string, ending = ".ts", target: Target = "classic", packages = [cloudtrail]): string {
  return migrate(`/code/file${ending}`, Buffer.from(text), packages, target).after;
}

describe.each(Object.entries({ wholeCases, mixedCases, leftCases }))("%s", (_, cases: readonly Case[]) => {
  it.each(cases.map((each) => [each.name, each] as const))("%s", (_name, { before, after = before, ending }) => {
    expect(migrated(before, ending)).toBe(after);
    expect(migrated(after, ending), "a second time").toBe(after);
  });
});

describe("to functions", () => {
  it.each(functionCases.map((each) => [each.name, each] as const))(
    "%s",
    (_name, { before, after = before, ending }) => {
      expect(migrated(before, ending, "functions")).toBe(after);
      expect(migrated(after, ending, "functions"), "a second time").toBe(after);
    },
  );

  it("needs the package to be there", () => {
    const before = `import { CloudTrail } from "@clientsmith/cloudtrail/classic";\nnew CloudTrail();\n`;
    const absent = { ...cloudtrail, facts: undefined };
    expect(migrated(before, ".ts", "functions", [absent])).toContain("@clientsmith/cloudtrail is not installed here");
  });
});

describe("an operation whose function returns a stream", () => {
  const depot = readFacts(`
    interface Operations$ extends ClassicService {
      readonly get: ClassicMethod<GetInput, ClassicGathered<GetOutput>>;
      readonly put: ClassicMethod<PutInput, PutOutput>;
    }
    export class Depot extends Operations$ {}
  `);
  const packages = [{ service: "depot", name: "depot", facts: depot }];
  const using = (operation: string): string =>
    `import { Depot } from "depot/classic";\nconst depot = new Depot({ region: "eu-west-1" });\nawait depot.${operation}({ Key: "a" }).promise();\n`;

  it("is left, as its data is another", () => {
    expect(depot?.streamed).toEqual(new Set(["get"]));
    const left = migrated(using("get"), ".ts", "functions", packages);
    expect(left).toContain("the function get returns a streaming body, which must be read");
    expect(left).toContain('await depot.get({ Key: "a" }).promise();');
    expect(migrated(using("put"), ".ts", "functions", packages)).toContain('await put(depot, { Key: "a" });');
  });
});

describe("packages", () => {
  const lambda: ServicePackage = { service: "lambda", name: "@example/lambda", facts: undefined };

  it("of which the first takes the namespace over", () => {
    const before = `import AWS from "aws-sdk";\nAWS.config.update({});\nexport const all = [new AWS.Lambda(), new AWS.CloudTrail()];\n`;
    expect(migrated(before, ".ts", "classic", [cloudtrail, lambda])).toBe(
      `import * as AWS from "@example/lambda/classic";\nimport { CloudTrail } from "@clientsmith/cloudtrail/classic";\nAWS.config.update({});\nexport const all = [new AWS.Lambda(), new CloudTrail()];\n`,
    );
  });

  it("of which each gets its name", () => {
    const before = `import { Lambda, CloudTrail, config } from "aws-sdk";\nexport const all = [Lambda, CloudTrail, config];\n`;
    expect(migrated(before, ".ts", "classic", [cloudtrail, lambda])).toBe(
      `import { Lambda, config } from "@example/lambda/classic";\nimport { CloudTrail } from "@clientsmith/cloudtrail/classic";\nexport const all = [Lambda, CloudTrail, config];\n`,
    );
  });

  it("whose class has another name", () => {
    const none = new Set<string>();
    const facts = { className: "CognitoIdentityProvider", operations: none, streamed: none, types: none };
    const pool: ServicePackage = { service: "cognitoidentityserviceprovider", name: "pool", facts };
    const before = `import AWS, * as x from "y";\nimport { CognitoIdentityServiceProvider } from "aws-sdk";\nexport const c = [new CognitoIdentityServiceProvider(), AWS, x];\n`;
    expect(migrated(before, ".ts", "classic", [pool])).toBe(
      `import AWS, * as x from "y";\nimport { CognitoIdentityProvider as CognitoIdentityServiceProvider } from "pool/classic";\nexport const c = [new CognitoIdentityServiceProvider(), AWS, x];\n`,
    );
    const namespace = `const AWS = require("aws-sdk");\nnew AWS.CognitoIdentityServiceProvider();\n`;
    expect(migrated(namespace, ".cjs", "classic", [pool])).toBe(
      `const AWS = require("pool/classic");\nnew AWS.CognitoIdentityProvider();\n`,
    );
  });

  it("have operations and types", () => {
    expect(cloudtrail.facts?.className).toBe("CloudTrail");
    expect(cloudtrail.facts?.operations.size).toBe(18);
    expect(cloudtrail.facts?.types).toContain("GetTrailRequest");
  });
});

describe("a file that cannot be read", () => {
  it.each([
    ["has a syntax error", `import AWS from "aws-sdk";\nconst = 1;\n`, ".ts", /^line 2: /],
    ["has types where they cannot be", `import AWS from "aws-sdk";\nconst a: string = "";\n`, ".js", /^line 2: /],
  ])("%s", (_name, text, ending, message) => {
    expect(() => migrated(text, ending)).toThrow(message);
  });

  it("is not UTF-8", () => {
    const bytes = Buffer.from([...Buffer.from('import "aws-sdk" // '), 0xff]);
    expect(() => migrate("/code/a.ts", bytes, [cloudtrail], "classic")).toThrow("it is not UTF-8");
  });
});

it("comments name sections that are there", () => {
  const text = readFileSync(join(root, "docs/migrating.md"), "utf8");
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
  for (const section of Object.values(sections)) expect(headings).toContain(section);
});
