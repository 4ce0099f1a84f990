import { type DiffReport } from "./report.js";

/** For programs. Fields are added, never renamed. */
export function renderJson(report: DiffReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
