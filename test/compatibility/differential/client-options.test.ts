import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { peer, peerFile, peersInstalled } from "../../support/peers.js";
import { advice, rejectionOf } from "../../unit/runtime/client/support/rejected-options.js";

/** Options that have the same name in all clients. */
const same = new Set(
  "credentials endpoint logger maxAttempts region retryMode systemClockOffset useDualstackEndpoint useFipsEndpoint".split(
    " ",
  ),
);

it.runIf(await peersInstalled())("no option of other clients is taken for another option", async () => {
  const { Config } = (await peer("aws-sdk")) as { Config: { prototype: { keys: object } } };
  const names = new Set(Object.keys(Config.prototype.keys));
  for (const [name, className] of [
    ["cloudtrail", "CloudTrailClient"],
    ["s3", "S3Client"],
    ["dynamodb", "DynamoDBClient"],
  ] as const) {
    const module = await peer(`@aws-sdk/client-${name}`);
    const Theirs = module[className] as new (options: object) => { config: object };
    for (const key of Object.keys(new Theirs({ region: "us-east-1" }).config)) names.add(key);
    const types = readFileSync(peerFile(`@aws-sdk/client-${name}`, `dist-types/${className}.d.ts`), "utf8");
    for (const [, key = ""] of types.matchAll(/^ {4}(\w+)\?:/gm)) names.add(key);
  }
  expect(names.size).toBeGreaterThan(80);
  for (const name of names) {
    if (same.has(name)) continue;
    expect(String(rejectionOf({ [name]: 1 }))).toMatch(advice[name] ?? /; known options: region, /);
  }
});
