import type { OutputTypes } from "../ir/ir.js";
import { UsageError } from "./invocation.js";

/** @throws UsageError where it is none of the two */
export function outputsOption(text: string | undefined): OutputTypes | undefined {
  if (text === undefined || text === "modelled" || text === "optional") return text;
  throw new UsageError(`--outputs requires modelled or optional, not ${text}.`);
}
