import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { peerFile, peersInstalled } from "../../support/peers.js";
import { api } from "../../unit/generator/model/api2/support.js";
import { workplace } from "./support/harness.js";

const isInstalled = await peersInstalled();

describe.skipIf(!isInstalled)("an api-2 description of aws-sdk 2", () => {
  const file = peerFile("aws-sdk", "apis/cloudtrail-2013-11-01.min.json");

  it("is generated from, with the paginators beside it, and checked", async () => {
    const { run, folder } = workplace();
    expect(await run("generate", file, "--out", "out")).toMatchObject({ code: 0, stderr: "" });
    const text = fs.readFileSync(join(folder, "out/src/operations/lookupEvents.ts"), "utf8");
    expect(text).toContain('inputToken: "NextToken"');
    const again = await run("generate", file, "--out", "out", "--check");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toMatch(/^0 different, 0 missing, 0 left over, \d+ up to date/);
  }, 60_000);

  it("is inspected and valid", async () => {
    const { run } = workplace();
    const { code, stdout } = await run("inspect", file);
    expect(code).toBe(0);
    for (const line of [
      "Service     AWS CloudTrail (com.amazonaws.cloudtrail#CloudTrail_20131101), version 2013-11-01",
      "Protocol    aws.protocols#awsJson1_1",
      "Auth        aws.auth#sigv4, signing name cloudtrail",
      "Endpoints   rule set of 4 parameters",
      "  LookupEvents: NextToken from NextToken, items Events, page size MaxResults",
      "Everything is supported",
    ]) {
      expect(stdout).toContain(line);
    }
    expect(await run("validate", file)).toMatchObject({ code: 0, stdout: "0 errors, 0 warnings\n", stderr: "" });
  }, 60_000);
});

describe("an api-2 description", () => {
  it("has the files beside it that its name says, and is another model with them", async () => {
    const { run, put, folder } = workplace();
    const hash = (): unknown =>
      (JSON.parse(fs.readFileSync(join(folder, "out/clientsmith.json"), "utf8")) as { model: unknown }).model;
    put("api-2.json", api());
    await run("generate", "api-2.json", "--out", "out");
    const before = hash();
    put("waiters-2.json", {
      version: 2,
      waiters: {
        BookThere: {
          operation: "GetBook",
          delay: 3,
          maxAttempts: 7,
          acceptors: [
            { state: "success", matcher: "status", expected: 200 },
            { state: "retry", matcher: "status", expected: 404 },
          ],
        },
      },
    });
    expect(await run("generate", "api-2.json", "--out", "out")).toMatchObject({ code: 0, stderr: "" });
    const read = (path: string): string => fs.readFileSync(join(folder, "out/src", path), "utf8");
    expect(read("operations/getBook.ts")).toContain('{ state: "retry", status: 404 }');
    expect(read("classic.ts")).toContain('bookThere: { ...waitUntilBookThere$, operation: "getBook", maxAttempts: 7 }');
    expect(hash()).not.toEqual(before);
    put("paginators-1.json", "{");
    const broken = await run("validate", "api-2.json");
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain("paginators-1.json:1:2 error not-json");
  }, 60_000);

  it("has its problems reported at their places", async () => {
    const { run, put } = workplace();
    put("api-2.json", api({ shapes: { Title: { type: "string", pattern: "(a+)+$" } } }));
    const { stderr } = await run("validate", "api-2.json");
    expect(stderr).toMatch(/^api-2\.json:\d+:\d+ warning unsupported-pattern com\.amazonaws\.bookshelf#Title: /);
  });
});
