import { emitterProblem } from "../emitters/index.js";
import type { OutputTypes } from "../ir/ir.js";
import { UsageError } from "./invocation.js";

/** @throws UsageError where it is none of the two */
export function outputsOption(text: string | undefined): OutputTypes | undefined {
  if (text === undefined || text === "modelled" || text === "optional") return text;
  throw new UsageError(`--outputs requires modelled or optional, not ${text}.`);
}

/** @throws UsageError where it names an emitter that there is not */
export function emitOption(names: readonly string[]): readonly string[] {
  const problem = names.map(emitterProblem).find((found) => found !== undefined);
  if (problem !== undefined) throw new UsageError(`--emit: ${problem}`);
  return names;
}
