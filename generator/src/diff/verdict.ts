import { type Change, compareLevels, type Level, levelOf, worstOf } from "./change.js";

/** Outcome of a comparison. */
export interface Verdict {
  /** The version step that the changes require; `none` where both sides are the same model. */
  readonly verdict: Level;
  readonly counts: Readonly<Record<"major" | "minor" | "patch", number>>;
  /** Changes that requests or responses show. */
  readonly wire: number;
}

/** @param isSame both sides are one model, so that there is nothing to publish */
export function verdictOf(changes: readonly Change[], isSame: boolean): Verdict {
  const levels = changes.map(levelOf);
  const count = (level: Level): number => levels.filter((each) => each === level).length;
  return {
    // Another model is another package, whose manifest names it.
    verdict: worstOf([isSame ? "none" : "patch", ...levels]),
    counts: { major: count("major"), minor: count("minor"), patch: count("patch") },
    wire: changes.filter(({ wire }) => wire).length,
  };
}

const versionForm = /^(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/;

/** Whether a text is a version that {@link declaredStep} understands. */
export function isVersion(text: string): boolean {
  return versionForm.test(text);
}

/**
 * The step that a version declares: from the version before, or, where that is not known, by its zeros. Below 1.0.0 the
 * second number is that of breaking changes, as npm's `^` has it.
 */
export function declaredStep(version: string, before: string | undefined): Level {
  const [major = 0, minor = 0, patch = 0] = numbersOf(version);
  const [oldMajor, oldMinor, oldPatch] = before === undefined ? [] : numbersOf(before);
  if (oldMajor === undefined || oldMinor === undefined || oldPatch === undefined) {
    if (patch > 0) return major === 0 ? "minor" : "patch";
    return minor > 0 && major > 0 ? "minor" : "major";
  }
  if (major !== oldMajor) return "major";
  if (minor !== oldMinor) return major === 0 ? "major" : "minor";
  if (patch === oldPatch) return "none";
  return major === 0 ? "minor" : "patch";
}

function numbersOf(version: string): number[] {
  return (versionForm.exec(version) ?? []).slice(1, 4).map(Number);
}

/** What is wrong with a declared version; undefined where it does for the verdict. */
export function contradiction(verdict: Level, version: string, before: string | undefined): string | undefined {
  const step = declaredStep(version, before);
  if (compareLevels(step, verdict) >= 0) return undefined;
  const from = before === undefined ? "" : ` after ${before}`;
  const declares = step === "none" ? "no change" : `a ${step} change`;
  return `The version ${version}${from} declares ${declares}; the verdict is ${verdict}.`;
}
