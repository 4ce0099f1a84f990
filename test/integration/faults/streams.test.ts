import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";
import { bundleRunner, type Run, runFaults } from "./child.js";
import { streamFaults } from "./streams-table.js";

let program: string;

beforeAll(async () => {
  program = await bundleRunner(root, "test/integration/faults/streams-run.ts");
});

afterAll(() => rmSync(dirname(program), { recursive: true, force: true }));

describe.each(["undici", "node:http", "fetch"])("streaming bodies, over %s", (transport) => {
  let run: Run;

  beforeAll(async () => {
    const ids = streamFaults.map(({ id }) => id);
    run = await runFaults(root, program, transport, ids);
  }, 60_000);

  it("leave no handle open: the process ends by itself, and without a complaint", () => {
    expect(run).toMatchObject({ exitCode: 0, complaints: "" });
    expect(run.outcomes).toHaveLength(streamFaults.length);
    expect(run.lingered).toBeLessThan(2_000);
  });

  it.each(streamFaults)("$id: $outcome", ({ id, outcome }) => {
    expect(run.outcomes.find((each) => each.id === id)).toMatchObject({ outcome, requests: 1 });
  });
});
