import { isJsonObject, type Json } from "../source/json.js";
import { isIdentifier } from "../source/ids.js";
import { traitsOf } from "./print-traits.js";

/** Which structures are written within the statement of their operation, and what their names end in. */
export interface Inline {
  readonly ids: ReadonlySet<string>;
  readonly suffixes: Readonly<Record<Side, string>>;
}

type Side = "input" | "output";

const sides: readonly Side[] = ["input", "output"];
export const standardSuffixes: Readonly<Record<Side, string>> = { input: "Input", output: "Output" };

/**
 * Finds the inputs and outputs of a namespace that IDL can write inline: structures that only their operation targets, that
 * have the trait, and whose names are that of the operation and a suffix, the same for all.
 */
export function findInline(namespace: string, shapes: Json): Inline {
  const uses = countTargets(shapes);
  const candidates = Object.entries(shapes).flatMap(([operation, shape]) => {
    if (!isJsonObject(shape) || shape["type"] !== "operation" || !operation.startsWith(`${namespace}#`)) return [];
    return sides.flatMap((side) => {
      const target = isJsonObject(shape[side]) ? shape[side]["target"] : undefined;
      if (typeof target !== "string" || !target.startsWith(operation) || uses.get(target) !== 1) return [];
      const suffix = target.slice(operation.length);
      return isSide(shapes[target], side) && isIdentifier(suffix) ? [{ side, id: target, suffix }] : [];
    });
  });
  const suffixes = { ...standardSuffixes };
  for (const side of sides) {
    const counts = new Map<string, number>();
    for (const each of candidates) if (each.side === side) counts.set(each.suffix, (counts.get(each.suffix) ?? 0) + 1);
    const [most] = [...counts].toSorted(([, left], [, right]) => right - left);
    if (most) suffixes[side] = most[0];
  }
  const ids = candidates.filter(({ side, suffix }) => suffix === suffixes[side]).map(({ id }) => id);
  return { ids: new Set(ids), suffixes };
}

function isSide(shape: unknown, side: Side): boolean {
  if (!isJsonObject(shape) || shape["type"] !== "structure") return false;
  const trait = traitsOf(shape)[`smithy.api#${side}`];
  return isJsonObject(trait) && Object.keys(trait).length === 0;
}

/** How often each shape is a target. */
function countTargets(shapes: Json): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (value: unknown, isTraits: boolean): void => {
    if (typeof value !== "object" || value === null || isTraits) return;
    for (const [key, item] of Object.entries(value)) {
      if (key === "target" && typeof item === "string") counts.set(item, (counts.get(item) ?? 0) + 1);
      else count(item, key === "traits");
    }
  };
  for (const shape of Object.values(shapes)) count(shape, false);
  return counts;
}
