import type { Change } from "./change.js";
import { type DiffReport, withoutFollowers } from "./report.js";
import { cell } from "./render-markdown.js";

/** An entry for a package's changelog: what callers can do, must do, and may notice. */
export function renderChangelog(report: DiffReport, version: string | undefined): string {
  const { shown: changes } = withoutFollowers(report.changes);
  const breaking = changes.filter(({ level }) => level === "major");
  const added = changes.filter(({ level, types }) => level === "minor" && types === "minor");
  const other = changes.filter((change) => !breaking.includes(change) && !added.includes(change));
  const sections = [section("Breaking", breaking), section("Added", added), section("Changed", other)].filter(
    (text) => text !== "",
  );
  const body =
    sections.length > 0 ? sections.join("\n\n") : "Regenerated from a newer model; nothing that callers see differs.";
  return `## ${version ?? "Unreleased"}\n\n${body}\n`;
}

function section(title: string, changes: readonly Change[]): string {
  const lines = new Set(changes.map((change) => `- ${cell(sentenceOf(change))}${links(change)}`));
  return lines.size === 0 ? "" : `### ${title}\n\n${[...lines].join("\n")}`;
}

/** A change in words of the API, where there are better ones than those of its message. */
function sentenceOf({ code, subject, message, operations }: Change): string {
  const [type, member] = splitOnce(subject);
  const [only, ...others] = operations;
  const isOne = only !== undefined && others.length === 0 && member !== undefined;
  if (code === "member-added" && isOne && /(Request|Input)$/.test(type)) return `\`${only}\` accepts \`${member}\`.`;
  if (code === "member-added" && isOne && /(Response|Output|Result)$/.test(type))
    return `\`${only}\` returns \`${member}\`.`;
  return message;
}

function splitOnce(subject: string): [string, string | undefined] {
  const at = subject.indexOf(".");
  return at < 0 ? [subject, undefined] : [subject.slice(0, at), subject.slice(at + 1)];
}

const linked = 3;

/** The modules of the operations concerned; of many the first. */
function links({ operations: concerned, code, rename }: Change): string {
  const operations = rename?.kind === "operation" ? [rename.to] : concerned;
  // A removed module has no location.
  if (operations.length === 0 || code === "operation-removed" || code === "type-removed") return "";
  const shown = operations
    .slice(0, linked)
    .map((name) => `[\`${name}\`](src/operations/${encodeURIComponent(name)}.ts)`);
  const more = operations.length > linked ? ` and ${operations.length - linked} more` : "";
  return ` (${shown.join(", ")}${more})`;
}
