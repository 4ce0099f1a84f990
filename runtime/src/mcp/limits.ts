import type { McpSettings } from "./types.js";

/** What one result has at most. */
export type Limits = Readonly<Record<"budget" | "maxPages" | "maxEvents" | "maxSeconds", number>>;

/** @throws RangeError for a limit that is not a positive integer */
export function limitsOf({ budget = 20_000, maxPages = 5, maxEvents = 100, maxSeconds = 30 }: McpSettings): Limits {
  const limits = { budget, maxPages, maxEvents, maxSeconds };
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value <= 0)
      throw new RangeError(`${name} must be a positive integer, but is ${String(value)}`);
  }
  return limits;
}
