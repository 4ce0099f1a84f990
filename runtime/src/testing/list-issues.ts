import { formatPath, type ValidationIssue } from "../errors/index.js";

/** All violations on one line. */
export function listIssues(issues: readonly ValidationIssue[]): string {
  const count = issues.length === 1 ? "1 validation error" : `${issues.length} validation errors`;
  return `${count} detected: ${issues.map(({ path, message }) => `${formatPath(path)} ${message}`).join("; ")}`;
}
