import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";
import { workplace } from "./support/harness.js";

interface Shape {
  members: Record<string, object>;
  operations: object[];
  traits: Record<string, object>;
}

const id = (name: string): string => `com.amazonaws.cloudtrail#${name}`;

/** CloudTrail as it may be one day: an operation more, a member less, a constant renamed, a minimum raised. */
function nextModel(text: string): string {
  const model = JSON.parse(text) as { shapes: Record<string, Shape> };
  const shape = (name: string): Shape => {
    const found = model.shapes[id(name)];
    if (!found) throw new Error(`The model has no ${name}`);
    return found;
  };
  shape("CloudTrail_20131101").operations.push({ target: id("GetQuota") });
  Object.assign(model.shapes, {
    [id("GetQuota")]: {
      type: "operation",
      input: { target: "smithy.api#Unit" },
      output: { target: id("GetQuotaResponse") },
      traits: { "smithy.api#readonly": {} },
    },
    [id("GetQuotaResponse")]: { type: "structure", members: { Trails: { target: "smithy.api#Integer" } }, traits: {} },
  });
  delete shape("Trail").members["SnsTopicName"];
  const keys = Object.entries(shape("LookupAttributeKey").members);
  shape("LookupAttributeKey").members = Object.fromEntries(
    keys.map(([name, member]) => [name === "USERNAME" ? "USER_NAME" : name, member]),
  );
  Object.assign(shape("MaxResults").traits, { "smithy.api#range": { min: 5, max: 50 } });
  return JSON.stringify(model, undefined, 2);
}

describe("CloudTrail's next model", () => {
  it("is printed as docs/regenerating.md shows it", async () => {
    const { run, put } = workplace();
    const text = fs.readFileSync(join(root, "model/cloudtrail.json"), "utf8");
    put("cloudtrail.json", text);
    put("next.json", nextModel(text));
    const golden = join(root, "test/fixtures/golden/cloudtrail-diff.txt");
    const { stdout, stderr } = await run("diff", "cloudtrail.json", "next.json");
    if (process.env["UPDATE_GOLDENS"]) fs.writeFileSync(golden, stdout);
    expect(stderr).toBe("");
    expect(stdout).toBe(fs.readFileSync(golden, "utf8"));
    expect(fs.readFileSync(join(root, "docs/regenerating.md"), "utf8")).toContain(`\`\`\`text\n${stdout}\`\`\`\n`);
  });
});
