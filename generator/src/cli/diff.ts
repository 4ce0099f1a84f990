import { type Change, compareLevels, type Level, levelOf } from "../diff/change.js";
import { type Accepted, readAccepted, staleAcceptances } from "../diff/accepted.js";
import { compareClients } from "../diff/compare.js";
import { renderChangelog } from "../diff/render-changelog.js";
import { renderJson } from "../diff/render-json.js";
import { renderMarkdown } from "../diff/render-markdown.js";
import { renderText } from "../diff/render-text.js";
import type { ChangePlace, DiffReport } from "../diff/report.js";
import { contradiction, isVersion, verdictOf } from "../diff/verdict.js";
import { type Invocation, UsageError } from "./invocation.js";
import { readConfig } from "./client-jobs.js";
import { diffRequests, type DiffSide, readDiffSides } from "./diff-sides.js";
import { readSourceText } from "./model-source.js";
import { type CliIo, messageOf, type Terminal } from "./terminal.js";

interface Settings {
  readonly format: "text" | "json" | "markdown";
  readonly failOn: Level | undefined;
  readonly accepted: Accepted;
  readonly declared: string | undefined;
  readonly changelog: boolean;
}

/** `clientsmith diff`: what changes for a client's users; exit code 1 if an option requires it. */
export async function runDiff(invocation: Invocation, io: CliIo, terminal: Terminal): Promise<number> {
  const settings = readSettings(invocation, io, terminal);
  if (!settings) return 1;
  const configured = await readConfig(io.cwd, terminal);
  if (!configured) return 1;
  let failed = false;
  const reports: DiffReport[] = [];
  const requests = diffRequests(invocation, configured, io.cwd);
  for (const request of requests) {
    const sides = await readDiffSides(request, io, terminal);
    if (sides) reports.push(reportOf(...sides, settings));
    else failed = true;
  }
  const project = invocation.value("project");
  const [only, ...others] = requests;
  if (project !== undefined && (!only || others.length > 0)) throw new UsageError("--project is for one client.");
  const stale = staleAcceptances(
    settings.accepted,
    reports.flatMap(({ changes }) => changes),
  );
  for (const id of failed ? [] : stale) {
    terminal.error(`${invocation.value("accept") ?? ""}: no change is ${id}; its entry may be deleted.`);
  }
  for (const each of reports) io.stdout.write(render(each, settings, io));
  const [first] = reports;
  if (project !== undefined && only && first) {
    const { checkProject } = await import("./diff-project.js");
    const isFixing = invocation.has("fix");
    if (!(await checkProject(project, only, first.changes, { isFixing }, io, terminal))) failed = true;
  }
  return failed || reports.some((each) => isUnacceptable(each, settings)) ? 1 : 0;
}

function isUnacceptable({ changes, declared }: DiffReport, { failOn }: Settings): boolean {
  const fails = changes.some(
    ({ accepted, level }) => accepted === undefined && failOn !== undefined && compareLevels(level, failOn) >= 0,
  );
  return fails || declared !== undefined;
}

function readSettings({ value, has }: Invocation, { cwd }: CliIo, terminal: Terminal): Settings | undefined {
  const format = oneOf("format", value("format"), ["text", "json", "markdown"] as const);
  const failOn = oneOf("fail-on", value("fail-on"), ["major", "minor", "patch"] as const);
  const declared = value("declared");
  if (declared !== undefined && !isVersion(declared)) {
    throw new UsageError(`--declared requires a version such as 1.2.0, not ${declared}.`);
  }
  if (has("fix") && !has("project")) throw new UsageError("--fix requires --project, the program to change.");
  if (has("project") && (format ?? "text") !== "text")
    throw new UsageError("--project has a text output only; leave out --format.");
  if (has("changelog") && format !== undefined) throw new UsageError("--changelog and --format exclude each other.");
  const file = value("accept");
  let accepted: Accepted = new Map();
  try {
    if (file !== undefined) accepted = readAccepted(readSourceText(file, cwd));
  } catch (error) {
    terminal.error(`${file ?? ""}: ${messageOf(error)}`);
    return undefined;
  }
  return { format: format ?? "text", failOn, accepted, declared, changelog: has("changelog") };
}

function oneOf<T extends string>(name: string, given: string | undefined, known: readonly T[]): T | undefined {
  const found = known.find((each) => each === given);
  if (given !== undefined && !found)
    throw new UsageError(`--${name} requires one of ${known.join(", ")}, not ${given}.`);
  return found;
}

function reportOf(before: DiffSide, after: DiffSide, { accepted, declared }: Settings): DiffReport {
  const changes = compareClients(before, after);
  const places = { old: placesIn(before, "old", changes), new: placesIn(after, "new", changes) };
  const verdict = verdictOf(changes, before.identity === after.identity && changes.length === 0);
  return {
    old: before.name,
    new: after.name,
    service: after.facts.sdkId,
    outputs: after.facts.outputs,
    ...verdict,
    declared: declared === undefined ? undefined : contradiction(verdict.verdict, declared, before.version),
    changes: changes.map((change) => ({
      ...change,
      level: levelOf(change),
      place: places[change.at.side].get(change.at.shapeId),
      accepted: accepted.get(change.id),
    })),
  };
}

function placesIn(side: DiffSide, name: "old" | "new", changes: readonly Change[]): ReadonlyMap<string, ChangePlace> {
  const ids = changes.filter(({ at }) => at.side === name).map(({ at }) => at.shapeId);
  return ids.length === 0 ? new Map() : side.placesOf([...new Set(ids)]);
}

function render(report: DiffReport, { format, changelog, declared }: Settings, { isStdoutTTY, env }: CliIo): string {
  if (changelog) return renderChangelog(report, declared);
  if (format === "json") return renderJson(report);
  if (format === "markdown") return renderMarkdown(report);
  return renderText(report, isStdoutTTY === true && !env["NO_COLOR"]);
}
