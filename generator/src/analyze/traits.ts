import type { Traits } from "../model/model.js";
import type { BoundsIr, DocFacts } from "../ir/ir.js";

// The model reader has validated trait values against their definitions. These functions only narrow `unknown`.

export function hasTrait(traits: Traits, id: string): boolean {
  return Object.hasOwn(traits, id);
}

export function stringTrait(traits: Traits, id: string): string | undefined {
  const value = traits[id];
  return typeof value === "string" ? value : undefined;
}

export function numberTrait(traits: Traits, id: string): number | undefined {
  const value = traits[id];
  return typeof value === "number" ? value : undefined;
}

/** Value of a trait that is a structure or map. Undefined if the trait is absent. */
export function recordTrait(traits: Traits, id: string): Readonly<Record<string, unknown>> | undefined {
  const value = traits[id];
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

export function listTrait(traits: Traits, id: string): readonly unknown[] | undefined {
  const value = traits[id];
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

/** `length` or `range`. */
export function boundsTrait(traits: Traits, id: string): BoundsIr | undefined {
  const value = recordTrait(traits, id);
  if (!value) return undefined;
  const { min, max } = value;
  return { ...(typeof min === "number" && { min }), ...(typeof max === "number" && { max }) };
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Facts for the documentation of a shape, from its traits. */
export function docFacts(traits: Traits): DocFacts {
  const deprecated = recordTrait(traits, "smithy.api#deprecated");
  const message = text(deprecated?.["message"]);
  const since = text(deprecated?.["since"]);
  const links = recordTrait(traits, "smithy.api#externalDocumentation");
  return {
    documentation: stringTrait(traits, "smithy.api#documentation"),
    deprecated: deprecated && { ...(message !== undefined && { message }), ...(since !== undefined && { since }) },
    since: stringTrait(traits, "smithy.api#since"),
    links: links as Readonly<Record<string, string>> | undefined,
    featured: hasTrait(traits, "clientsmith.docs#featured"),
  };
}
