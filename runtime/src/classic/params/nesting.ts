import { maximumDepth } from "../../validate/rules.js";
import { awsError } from "../aws-error.js";
import type { AWSError } from "../types.js";

/** The error for a value that is nested further than any real one, which is so because it refers to itself. */
export function nestedTooDeep(path: string): AWSError {
  const start = path.length > 100 ? `${path.slice(0, 100)}…` : path;
  const message = `Expected ${start} to be nested less than ${maximumDepth} deep; it may refer to itself`;
  return awsError(new Error(message), { code: "InvalidParameterType" });
}

/** How many levels a JSON value has, counted no further than `limit`. */
export function levelsOf(value: unknown, limit: number): number {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || limit === 0) return 0;
  let levels = 0;
  for (const item of Object.values(value)) {
    levels = Math.max(levels, levelsOf(item, limit - 1));
    // One way down is enough to know.
    if (levels === limit - 1) break;
  }
  return levels + 1;
}
