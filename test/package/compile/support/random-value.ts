import type { Pick, RandomMember, RandomModel } from "./random-model.js";

const strings = ["", "plain", "Kühl \u{1F40C} 日本", "a<b>&\"'", "__proto__", "constructor", "x y"];

/** A value of a member of a random model, as a caller gives it; null only where a collection is sparse. */
export function randomValue(model: RandomModel, member: RandomMember, pick: Pick, depth = 0): unknown {
  const { shapes } = model;
  // JSON.parse reads numbers as doubles: beyond them digits are lost.
  const isJson = /json/i.test(model.protocol);
  const within = (inner: RandomMember): unknown => randomValue(model, inner, pick, depth + 1);
  const prelude = member.target.startsWith("smithy.api#") ? member.target.slice("smithy.api#".length) : undefined;
  const shape = shapes[member.target];
  const size = depth > 3 ? 0 : pick(4);
  const orNull = (value: () => unknown): unknown =>
    shape?.traits["smithy.api#sparse"] !== undefined && pick(3) === 0 ? null : value();
  switch (prelude?.toLowerCase() ?? shape?.type) {
    case "structure": {
      const own = Object.entries(shape?.members ?? {}).filter(
        ([, { traits }]) => "smithy.api#required" in traits || (depth < 4 && pick(4) > 0),
      );
      return Object.fromEntries(own.map(([name, inner]) => [name, within(inner)]));
    }
    case "union": {
      const own = Object.entries(shape?.members ?? {});
      const [name, inner] = own[depth > 3 ? 0 : pick(own.length)] ?? ["", { target: "", traits: {} }];
      return Object.fromEntries([[name, within(inner)]]);
    }
    case "list": {
      const inner = shape?.member;
      return Array.from({ length: inner ? size : 0 }, () => orNull(() => inner && within(inner)));
    }
    case "map": {
      const inner = shape?.value;
      const keys = Array.from({ length: size }, () => strings[1 + pick(strings.length - 1)] ?? "");
      return Object.fromEntries(keys.map((key) => [key, orNull(() => inner && within(inner))]));
    }
    case "string":
      if (shape?.traits["smithy.api#enum"] !== undefined) return pick(2) === 0 ? "constructor" : "newer";
      return strings[pick(strings.length)];
    case "enum":
      return ["A'\"`*/", "newer"][pick(2)];
    case "intenum":
    case "intEnum":
      return pick(9);
    case "boolean":
      return pick(2) === 0;
    case "byte":
      return pick(256) - 128;
    case "short":
      return pick(65_536) - 32_768;
    case "integer":
      return pick(4_294_967_296) - 2_147_483_648;
    case "long":
      return pick(2) === 0 ? Number.MAX_SAFE_INTEGER : -pick(1000);
    case "float":
      return [0.5, -2.25, Infinity, NaN][pick(4)];
    case "double":
      return [0.1, 1e300, -Infinity, NaN][pick(4)];
    case "blob":
      return Uint8Array.from({ length: pick(5) }, () => pick(256));
    case "timestamp":
      return new Date((pick(4_000_000_000) - 1_000_000_000) * 1000);
    case "document":
      return [{ a: [1, "x", true, { b: null }] }, "text", 7, false, []][pick(5)];
    case "biginteger":
      return (isJson ? 4503599627370497n : 123456789012345678901234567890n) * BigInt(pick(3) - 1);
    case "bigdecimal":
      return isJson ? "1234.5678" : "1234567890.12345678901234567890";
    default:
      throw new Error(`No value is made for ${member.target} (${shape?.type})`);
  }
}

/** Where `given` is not found in `got`, or undefined: members that `got` has beside may be defaults. */
export function difference(given: unknown, got: unknown, path = ""): string | undefined {
  if (Object.is(given, got)) return undefined;
  const unequal = `${path || "value"}: ${show(given)} came back as ${show(got)}`;
  if (given instanceof Date || got instanceof Date)
    return given instanceof Date && got instanceof Date && given.getTime() === got.getTime() ? undefined : unequal;
  if (given instanceof Uint8Array || got instanceof Uint8Array)
    return given instanceof Uint8Array && got instanceof Uint8Array && Buffer.from(given).equals(got)
      ? undefined
      : unequal;
  if (typeof given !== "object" || given === null || typeof got !== "object" || got === null) return unequal;
  if (Array.isArray(given) !== Array.isArray(got)) return unequal;
  if (Array.isArray(given) && Array.isArray(got) && given.length !== got.length) return unequal;
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(got, key)) return `${path}.${key}: ${show(value)} did not come back`;
    const found = difference(value, (got as Record<string, unknown>)[key], `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function show(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner));
  return text ?? String(value);
}
