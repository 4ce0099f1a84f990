import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../support/shared.js";
import { bundleRunner, type Run, runFaults } from "./child.js";
import { type Outcome, waitLimit } from "./fault.js";
import { cell, groups } from "./page.js";

let program: string;

beforeAll(async () => {
  program = await bundleRunner(root);
});

afterAll(() => rmSync(dirname(program), { recursive: true, force: true }));

/** How long a process may stay once its last call has ended, in milliseconds. */
const lingering = 2_000;

describe.each(Object.entries(groups))("%s", (group, faults) => {
  let run: Run;

  beforeAll(async () => {
    const ids = faults.map(({ id }) => id);
    run = await runFaults(root, program, "clientsmith", ids);
  }, 70_000);

  const outcomeOf = (id: string): Outcome => {
    const outcome = run.outcomes.find((each) => each.id === id);
    if (!outcome) throw new Error(`the process gave no outcome of ${id}:\n${run.complaints}`);
    return outcome;
  };

  it("leaves no handle open: the process ends by itself, and without a complaint", () => {
    expect(run).toMatchObject({ exitCode: 0, complaints: "" });
    expect(run.outcomes).toHaveLength(faults.length);
    expect(run.lingered).toBeLessThan(lingering);
  });

  it.each(faults)("$title ($id)", ({ id, abort, ours }) => {
    const outcome = outcomeOf(id);
    expect(outcome).toMatchObject({ outcome: ours.outcome, requests: ours.requests, astray: 0, listeners: 0 });
    if (ours.says) expect(outcome.message).toMatch(ours.says);
    if (ours.explains) expect(outcome.explanation).toMatch(ours.explains);
    if (abort) expect(outcome.keepsReason).toBe(true);
    expect(outcome.milliseconds).toBeLessThan(ours.within ?? waitLimit);
  });

  it("is in docs/reliability.md as it is", () => {
    const page = readFileSync(join(root, "docs/reliability.md"), "utf8");
    const section = page.split(`### ${group}\n`)[1]?.split("\n### ")[0] ?? "";
    const rows = section.split("\n").filter((line) => line.startsWith("| ") && !/^\| (---|fault)/.test(line));
    const stated = rows.map((row) => withoutTime(row.split(" | ").slice(0, 2).join(" | ").replace(/^\| /, "")));
    const current = faults.map(({ id, title }) => withoutTime(`${title} | ${cell(outcomeOf(id))}`));
    expect(stated.map((row) => row.replaceAll(/ +/g, " ").trim())).toEqual(current);
  });
});

/** A cell but for its time, which differs from run to run. */
function withoutTime(text: string): string {
  return text.replaceAll(/, (under 0\.1|\d+\.\d) s/g, "");
}
