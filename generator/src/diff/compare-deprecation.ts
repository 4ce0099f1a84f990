import type { Finding, Report } from "./change.js";

interface Deprecable {
  readonly deprecated?: true;
}

/** Whether a function, type or member became deprecated or is no longer so. `about` is part of each finding about it. */
export function compareDeprecation(
  old: Deprecable,
  now: Deprecable,
  about: Pick<Finding, "subject" | "at" | "operations">,
  report: Report,
): void {
  if (old.deprecated === now.deprecated) return;
  report({
    ...about,
    code: now.deprecated ? "deprecated" : "no-longer-deprecated",
    message: `\`${about.subject}\` is ${now.deprecated ? "" : "no longer "}deprecated.`,
    types: "patch",
  });
}
