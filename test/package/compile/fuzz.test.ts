import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { Operation, Service } from "#runtime/schema/service.js";
import { generateInto } from "../../support/generate-client.js";
import { complaints, folder } from "./support/check.js";
import { picker, type RandomModel, randomModel } from "./support/random-model.js";
import { difference, randomValue } from "./support/random-value.js";

// The layout of sources takes most of the time, and makes no difference to compilers.
vi.mock(import("#generator/emit/format.js"), () => ({ format: async (_path, text) => text }));

/** Further models: `FUZZ_SEED=$RANDOM FUZZ_MODELS=200 npx vitest run test/package/compile/fuzz`. */
const first = Number(process.env["FUZZ_SEED"] ?? 1);
const amount = Number(process.env["FUZZ_MODELS"] ?? 28);
const inputs = 12;
const seeds = Array.from({ length: amount }, (_, index) => first + index);
const name = "fuzz";

/** Whose bodies of requests and responses have one form, so that what is written can be read. */
const symmetric = /awsJson|restJson|rpcv2Cbor/;

interface Client {
  readonly Random$: Service;
  readonly RandomModel: { readonly operations: Readonly<Record<string, Operation>> };
}

/** What goes wrong with one operation of a random model. */
async function problems(model: RandomModel, operation: Operation, service: Service, seed: number): Promise<string[]> {
  const codec = await service.protocol.compile(operation, service);
  const target = `t#${operation.name}InputOf`;
  const pick = picker(seed);
  const found: string[] = [];
  for (let turn = 0; turn < (model.shapes[target] ? inputs : 1); turn++) {
    const input = (model.shapes[target] ? randomValue(model, { target, traits: {} }, pick) : {}) as object;
    try {
      const { body = "" } = codec.serialize(input);
      if (!symmetric.test(model.protocol)) continue;
      const bytes = typeof body === "string" ? Buffer.from(body) : body;
      const headers = model.protocol.includes("Cbor") ? { "smithy-protocol": "rpc-v2-cbor" } : {};
      const output = codec.readOutput({ status: 200, headers, body: bytes });
      const different = difference(input, output);
      if (different !== undefined) found.push(`${operation.name}${different}`);
    } catch (error) {
      found.push(`${operation.name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  return found;
}

describe("random models", () => {
  it(`of the seeds ${first} to ${first + amount - 1} generate, compile, and carry values there and back`, async () => {
    rmSync(join(folder, name), { recursive: true, force: true });
    mkdirSync(join(folder, name), { recursive: true });
    const found: string[] = [];
    for (const seed of seeds) {
      const model = randomModel(seed);
      const file = join(folder, name, `${seed}.json`);
      writeFileSync(file, JSON.stringify({ smithy: "2.0", shapes: model.shapes }, undefined, 1));
      const into = join(folder, name, String(seed));
      try {
        await generateInto(into, file);
        const { Random$, RandomModel } = (await import(join(into, "src/index.ts"))) as Client;
        for (const operation of Object.values(RandomModel.operations))
          found.push(
            ...(await problems(model, operation, Random$, seed)).map(
              (problem) => `${seed} ${model.protocol} ${problem}`,
            ),
          );
      } catch (error) {
        found.push(`${seed} ${model.protocol}: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
    expect([...found, complaints(name, ["*/src"])]).toEqual([""]);
  }, 300_000);
});
