import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";
import { bundleRunner, type Run, runFaults } from "./child.js";
import { eventFaults } from "./events-table.js";

let program: string;

beforeAll(async () => {
  program = await bundleRunner(root, "test/integration/faults/events-run.ts");
});

afterAll(() => rmSync(dirname(program), { recursive: true, force: true }));

describe.each(["undici", "node:http", "fetch"])("event streams, over %s", (transport) => {
  let run: Run;

  beforeAll(async () => {
    const ids = eventFaults.map(({ id }) => id);
    run = await runFaults(root, program, transport, ids);
  }, 90_000);

  it("leave no handle open: the process ends by itself, and without a complaint", () => {
    expect(run).toMatchObject({ exitCode: 0, complaints: "" });
    expect(run.outcomes).toHaveLength(eventFaults.length);
    expect(run.lingered).toBeLessThan(2_000);
  });

  it.each(eventFaults)("$id: $outcome", ({ id, outcome, requests }) => {
    expect(run.outcomes.find((each) => each.id === id)).toMatchObject({
      outcome,
      ...(requests !== undefined && { requests }),
    });
  });
});
