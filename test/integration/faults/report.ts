import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { format, resolveConfig } from "prettier";
import { peersInstalled } from "../../support/peers.js";
import { root } from "../../support/shared.js";
import { bundleRunner, runFaults } from "./child.js";
import type { Fault } from "./fault.js";
import { cell, groups } from "./page.js";

const page = join(root, "docs/reliability.md");
const begin = "<!-- outcomes: written by test/integration/faults/report.mjs -->";
const end = "<!-- end of outcomes -->";
const columns = { clientsmith: "clientsmith", v2: "`aws-sdk` (v2)", v3: "`@aws-sdk/client-cloudtrail` (v3)" };

if (!(await peersInstalled())) throw new Error("the official clients are not installed");
process.env["AWS_EC2_METADATA_DISABLED"] = "true";
process.env["AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE"] = "1";
const program = await bundleRunner(root);
const sections: string[] = [];
for (const [group, faults] of Object.entries(groups)) {
  const cells: Record<string, readonly string[]> = {};
  for (const client of Object.keys(columns)) cells[client] = await column(client, faults);
  const rows = faults.map(({ title }, index) => [title, ...Object.values(cells).map((each) => each[index])]);
  const head = ["fault", ...Object.values(columns)];
  const table = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  sections.push(`### ${group}\n\n${table.join("\n")}`);
}
rmSync(dirname(program), { recursive: true, force: true });

const [before, rest] = readFileSync(page, "utf8").split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined) throw new Error(`${page} must hold ${begin} and ${end}`);
const text = `${before}${begin}\n\n${sections.join("\n\n")}\n\n${end}${after}`;
writeFileSync(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));

/** What became of each fault with one client, in order. */
async function column(client: string, faults: readonly Fault[]): Promise<string[]> {
  const ids = faults.filter(({ without }) => without?.[client] === undefined).map(({ id }) => id);
  const { outcomes, complaints } = await runFaults(root, program, client, ids);
  console.log(`${client}: ${outcomes.length} of ${ids.length}`, complaints);
  return faults.map(({ id, without }) => {
    const outcome = outcomes.find((each) => each.id === id);
    if (outcome) return cell(outcome);
    return without?.[client] ? `not run: ${without[client]}` : "**no outcome: the process ended**";
  });
}
