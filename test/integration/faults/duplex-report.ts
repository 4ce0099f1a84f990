import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { format, resolveConfig } from "prettier";
import { peersInstalled } from "../../support/peers.js";
import { root } from "../../support/shared.js";
import { bundleRunner, runFaults } from "./child.js";
import { type DuplexFault, duplexFaults } from "./duplex-table.js";
import { waitLimit } from "./fault.js";

const page = join(root, "docs/reliability.md");
const begin = "<!-- events both ways: written by test/integration/faults/report.mjs duplex-report -->";
const end = "<!-- end of events both ways -->";

if (!(await peersInstalled())) throw new Error("the official clients are not installed");
process.env["AWS_EC2_METADATA_DISABLED"] = "true";
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
const program = await bundleRunner(root, "test/integration/faults/duplex-run.ts");
const rows = [
  ["fault", "clientsmith", "`@aws-sdk/client-transcribe-streaming` (v3)"],
  ["---", "---", "---"],
];
for (const fault of duplexFaults) {
  rows.push([
    fault.id,
    await cell(fault, "h2c"),
    fault.withoutV3 ? `not run: ${fault.withoutV3}` : await cell(fault, "v3"),
  ]);
}
rmSync(dirname(program), { recursive: true, force: true });

const [before, rest] = readFileSync(page, "utf8").split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined) throw new Error(`${page} must hold ${begin} and ${end}`);
const text = `${before}${begin}\n\n${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}\n\n${end}${after}`;
writeFileSync(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));

/** What became of a fault, in a process of its own, which may end by it. */
async function cell({ id }: DuplexFault, mode: string): Promise<string> {
  if (mode === "v3") process.env["FAULTS_EVENT"] = "TranscriptEvent,BadRequestException";
  else delete process.env["FAULTS_EVENT"];
  // Named twice, the process has twice as much time until it is ended from outside.
  const { outcomes, complaints, exitCode } = await runFaults(root, program, mode, [id, id]);
  const [found] = outcomes as unknown as readonly { readonly outcome: string; readonly milliseconds: number }[];
  console.log(mode, id, found?.outcome, complaints.slice(0, 300));
  const [, thrown] = /^\s*(?:throw .*)?\n*^(\w*(?:Error|Exception)[^\n]*)$/m.exec(complaints) ?? [];
  const how = exitCode === null ? "**the process did not end**" : "**the process ended**";
  const ended = `${how}${thrown ? `: \`${thrown.slice(0, 120).replaceAll("|", "\\|")}\`` : ""}`;
  if (!found) return ended;
  const { outcome, milliseconds } = found;
  const time = milliseconds < 1_000 ? "" : `, ${(milliseconds / 1_000).toFixed(1)} s`;
  if (outcome.startsWith("waiting")) return `**still waiting after ${waitLimit / 1_000} s**`;
  return exitCode === 0 ? `\`${outcome}\`${time}` : `\`${outcome}\`${time}, then ${ended}`;
}
