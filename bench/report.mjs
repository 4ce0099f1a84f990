// Writes the figures of the last runs into docs/performance.md, between its two markers. Benches without one keep theirs.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { names } from "./support/names.mjs";

/** @import { Goal, Row } from "./support/types.d.ts" */

const page = new URL("../docs/performance.md", import.meta.url);
const begin = "<!-- figures: written by bench/report.mjs -->";
const end = "<!-- end of figures -->";

const text = readFileSync(page, "utf8");
const [before, rest] = text.split(begin);
const [figures, after] = rest?.split(end) ?? [];
if (before === undefined || figures === undefined || after === undefined)
  throw new Error(`docs/performance.md must hold ${begin} and ${end}`);
const kept = figures.split(/^(?=### )/m).map((part) => part.trim());
const sections = (await Promise.all(names.map(section))).filter((part) => part !== "");
writeFileSync(page, `${before}${begin}\n\n${sections.join("\n\n")}\n\n${end}${after}`);

/** @param {string} name */
async function section(name) {
  const file = new URL(`results/${name}.json`, import.meta.url);
  if (!existsSync(file)) {
    /** @type {{ bench: import("./support/types.d.ts").Bench }} */
    const { bench } = await import(`./${name}.mjs`);
    return kept.find((part) => part.startsWith(`### ${bench.title}\n`)) ?? "";
  }
  /** @type {{ title: string, rows: Row[], goals: Goal[] }} */
  const { title, rows, goals } = JSON.parse(readFileSync(file, "utf8"));
  const verdicts = goals.map(
    ({ what, value, limit }) =>
      `- ${what}: ${value}, goal at most ${limit}: ${value <= limit ? "reached" : "**missed**"}`,
  );
  return [`### ${title}`, table(rows), ...(verdicts.length > 0 ? [verdicts.join("\n")] : [])].join("\n\n");
}

/** @param {Row[]} rows */
function table(rows) {
  const columns = Object.keys(rows[0] ?? {});
  const isNumber = (/** @type {string} */ column) => rows.every((row) => typeof row[column] === "number");
  const line = (/** @type {readonly (string | number | undefined)[]} */ cells) => `| ${cells.join(" | ")} |`;
  const rule = columns.map((column) => (isNumber(column) ? "---:" : "---"));
  return [line(columns), line(rule), ...rows.map((row) => line(columns.map((column) => row[column])))].join("\n");
}
