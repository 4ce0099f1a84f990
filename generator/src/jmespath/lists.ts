import type { SliceBounds } from "./syntax.js";
import { common, type Type } from "./types.js";
import { call, mayEnd, tight, type Value, value } from "./value.js";

export type ListValue = Value & { readonly type: Extract<Type, { kind: "list" }> };

export function listOf(items: readonly Value[]): Value {
  return value(`[${items.map(({ text }) => text).join(", ")}]`, { kind: "list", item: common(items) });
}

export function indexed(list: ListValue, index: number): Value {
  const { item } = list.type;
  if (index < 0) return value(call(list, "at", String(index)).text, item.type, true);
  return value(`${tight(list)}${mayEnd(list) ? "?." : ""}[${index}]`, item.type, true);
}

/** JMESPath's slices equal JavaScript's if the step is 1. Other steps skip items, negative ones reverse the list. */
export function sliced(list: ListValue, { start, stop, step }: SliceBounds): Value {
  const turn = (bound: number | undefined): number | undefined => (bound === undefined ? undefined : 0 - (bound + 1));
  const turned = step < 0 ? call(list, "toReversed", "") : list;
  const [from = 0, to] = step < 0 ? [turn(start), turn(stop)] : [start, stop];
  const part =
    from === 0 && to === undefined
      ? turned
      : call(turned, "slice", [from, to].filter((each) => each !== undefined).join(", "));
  const every = Math.abs(step);
  if (every === 1) return part;
  return call(part, "filter", `(_, index) => index % ${every} === 0`);
}

/** Flattens one level. Items that are not lists are kept. */
export function flattened(list: ListValue): Value {
  const { type: inner, nullable } = list.type.item;
  if (inner.kind !== "list" && inner.kind !== "any") return list;
  const item =
    inner.kind === "list"
      ? { ...inner.item, nullable: inner.item.nullable || nullable }
      : { type: inner, nullable: true };
  return call(list, "flat", "", { kind: "list", item });
}
