import { describe, expect, it } from "vitest";
import { bundleRunner, runFaults } from "./child.js";
import { faults } from "./table.js";
it("x", async () => {
  const program = await bundleRunner();
  const run = await runFaults(program, process.env["WHO"] ?? "clientsmith", faults.map(({id})=>id), 90_000);
  for (const o of run.outcomes) console.log(JSON.stringify(o));
  console.log(run.complaints, run.lingered, run.exitCode);
}, 100_000);
