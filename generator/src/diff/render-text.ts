import picocolors from "picocolors";
import { escapeUnprintable } from "../diagnostics.js";
import type { Level } from "./change.js";
import { type DiffReport, effectsOf, placeText, type ReportedChange, withoutFollowers } from "./report.js";

const levels = ["major", "minor", "patch"] as const;

/** For people: grouped, the most severe first. */
export function renderText(report: DiffReport, isColoured: boolean): string {
  const colours = picocolors.createColors(isColoured);
  const paint: Readonly<Record<Level, (text: string) => string>> = {
    major: colours.red,
    minor: colours.yellow,
    patch: colours.cyan,
    none: colours.green,
  };
  const { shown, followers } = withoutFollowers(report.changes);
  const of = (change: ReportedChange): string => {
    const more = followers.get(change.id);
    const also = more === undefined ? "" : ` With it ${more === 1 ? "a type" : `${more} types`} that it alone uses.`;
    const place = placeText(change.place);
    const lines = [
      `  ${escapeUnprintable(change.message)}${also}`,
      colours.dim(`    ${escapeUnprintable(change.id)} (${effectsOf(change)})${place === "" ? "" : ` ${place}`}`),
    ];
    return [
      ...lines,
      ...(change.accepted === undefined ? [] : [`    accepted: ${escapeUnprintable(change.accepted)}`]),
    ].join("\n");
  };
  const groups = levels.flatMap((level) => {
    const found = shown.filter((change) => change.level === level && change.accepted === undefined);
    return found.length === 0 ? [] : [[colours.bold(paint[level](level)), ...found.map(of)].join("\n")];
  });
  const accepted = shown.filter((change) => change.accepted !== undefined);
  if (accepted.length > 0) groups.push([colours.bold("accepted"), ...accepted.map(of)].join("\n"));
  const end = [`Verdict: ${paint[report.verdict](report.verdict)}. ${summaryOf(report)}`];
  if (report.declared !== undefined) end.push(colours.red(report.declared));
  return `${[...groups, end.join("\n")].join("\n\n")}\n`;
}

/** How many changes of which kind, in a sentence. */
export function summaryOf({ counts, wire, changes, verdict }: DiffReport): string {
  if (verdict === "none") return "Both are the same model.";
  if (changes.length === 0) return "The clients differ in nothing that callers see.";
  const parts = levels.flatMap((level) => (counts[level] > 0 ? `${counts[level]} ${level}` : []));
  return `${parts.join(", ")}${wire > 0 ? `; ${wire} on the wire` : ""}.`;
}
