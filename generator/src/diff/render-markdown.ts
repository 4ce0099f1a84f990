import { type DiffReport, effectsOf, placeText, type ReportedChange, withoutFollowers } from "./report.js";
import { summaryOf } from "./render-text.js";

/** For a comment on a pull request. */
export function renderMarkdown(report: DiffReport): string {
  const { shown, followers } = withoutFollowers(report.changes);
  const row = (change: ReportedChange): string => {
    const more = followers.get(change.id);
    const also = more === undefined ? "" : ` With it ${more} type${more === 1 ? "" : "s"}.`;
    const accepted = change.accepted === undefined ? "" : ` Accepted: ${change.accepted}`;
    return `| ${change.level} | ${cell(`${change.message}${also}${accepted}`)} | ${effectsOf(change)} | ${cell(placeText(change.place))} |`;
  };
  const table = ["| | Change | Concerns | Where |", "| --- | --- | --- | --- |", ...shown.map(row)];
  const head = `**${report.verdict}**: ${summaryOf(report)}`;
  const declared = report.declared === undefined ? [] : [`**${report.declared}**`];
  return `${[head, ...declared, ...(shown.length > 0 ? [table.join("\n")] : [])].join("\n\n")}\n`;
}

/** One cell of a table: what a model holds must not end it, nor be taken for HTML. */
export function cell(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll(/\s+/g, " ");
}
