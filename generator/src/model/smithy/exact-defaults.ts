import type { ShapeId } from "../model.js";
import { prelude } from "./prelude.js";
import { type RawShape, type TraitOwner, traitLocation } from "./raw.js";
import type { Report } from "../source/report.js";

const defaultTrait = "smithy.api#default";

/** Max number of digits of an integer after expanding its exponent, so that an exponent cannot exhaust memory. */
const mostDigits = 4096;

/**
 * Restores digits that `JSON.parse` has lost in defaults of big numbers: a `bigInteger` or `bigDecimal` becomes a
 * string, a `long` a bigint. The file is only searched for defaults that may have lost digits.
 */
export function keepDefaultDigits(shapes: ReadonlyMap<ShapeId, RawShape>, report: Report): void {
  const textOf = (owner: TraitOwner): string | undefined => {
    const { source, path } = traitLocation(owner, defaultTrait);
    return report.locator(source).textAt(path);
  };
  const keep = (owner: TraitOwner, type: string | undefined): void => {
    const value = owner.traits.get(defaultTrait);
    if (typeof value !== "number" || !mayHaveLost(value, type)) return;
    const text = textOf(owner);
    if (text === undefined || String(value) === text) return;
    const exact = type === "bigDecimal" ? text : wholeNumber(text);
    if (exact !== undefined) owner.traits.set(defaultTrait, type === "long" ? BigInt(exact) : exact);
  };
  for (const shape of shapes.values()) {
    keep(shape, shape.type);
    for (const member of shape.members.values()) {
      keep(member, (shapes.get(member.target) ?? prelude.get(member.target))?.type);
    }
  }
}

function mayHaveLost(value: number, type: string | undefined): boolean {
  if (type === "bigDecimal") return true;
  return (type === "long" || type === "bigInteger") && !Number.isSafeInteger(value);
}

/** Digits of a JSON integer with its exponent expanded. Undefined if it is not an integer. */
function wholeNumber(text: string): string | undefined {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]\+?(\d+))?$/.exec(text) ?? [];
  const locations = Number(exponent);
  const digits = fraction.replace(/0+$/, "");
  if (whole === "" || digits.length > locations || whole.length + locations > mostDigits) return undefined;
  return `${sign}${whole}${digits.padEnd(locations, "0")}`;
}
