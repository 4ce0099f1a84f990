import type { Type, Typed } from "#generator/jmespath/types.js";
import { propertyKey } from "#generator/text/literal.js";

/**
 * The type of JSON data as a model would have it: lists of one type, structures with the members of all samples, and a
 * document where samples differ. What every sample has is always set.
 */
export function typeOfSamples(samples: readonly unknown[]): Typed {
  const present = samples.filter((sample) => sample !== null && sample !== undefined);
  return { type: typeOf(present), nullable: present.length < samples.length };
}

function typeOf(samples: readonly unknown[]): Type {
  const [kind, ...others] = new Set(samples.map(kindOf));
  if (kind === undefined) return { kind: "null" };
  if (others.length > 0) return { kind: "any", name: "a document" };
  if (kind === "list") return { kind, item: typeOfSamples((samples as unknown[][]).flat()) };
  if (kind !== "object") return { kind };
  const objects = samples as Record<string, unknown>[];
  const names = new Set(objects.flatMap((object) => Object.keys(object)));
  const member = (name: string): Typed => typeOfSamples(objects.map((object) => object[name]));
  return { kind, entries: new Map([...names].map((name) => [name, member(name)])) };
}

function kindOf(sample: unknown): "string" | "number" | "boolean" | "list" | "object" {
  if (Array.isArray(sample)) return "list";
  return typeof sample as "string" | "number" | "boolean" | "object";
}

/** The type in TypeScript. */
export function printType({ type, nullable }: Typed): string {
  return nullable ? `${printPresent(type)} | null | undefined` : printPresent(type);
}

function printPresent(type: Type): string {
  switch (type.kind) {
    case "list":
      return `readonly (${printType(type.item)})[]`;
    case "object":
      return `{ ${[...type.entries].map(([name, typed]) => `${propertyKey(name)}${typed.nullable ? "?" : ""}: ${printType(typed)}`).join("; ")} }`;
    case "any":
      return "unknown";
    case "null":
      return "never";
    default:
      return type.kind;
  }
}
