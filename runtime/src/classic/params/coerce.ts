import { type Member, type StructureShape, targetOf, type UnionShape } from "../../schema/shapes.js";
import { setOwn } from "../../schema/values.js";
import { maximumDepth } from "../../validate/types.js";
import type { AWSError } from "../types.js";
import { bytesOf, dateOf, numberOf, isJsonValue } from "./forms.js";
import { nestedTooDeep } from "./check.js";

/**
 * Copies parameters, each in the form that protocols write, without those that are not set and those that the model does not
 * have. A value that cannot be converted is copied unchanged: without validation the service reports it.
 */
export class Coercion {
  /** Set where the copy is incomplete. */
  error: AWSError | undefined;

  structure({ members }: StructureShape | UnionShape, value: unknown, depth = 0): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    if (this.#isOver(depth)) return copy;
    for (const [name, item] of Object.entries(Object(value) as Record<string, unknown>)) {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (member && isThere(item)) setOwn(copy, name, this.#value(member, item, depth + 1));
    }
    return copy;
  }

  #value(member: Member, value: unknown, depth: number): unknown {
    if ("target" in member) return typeof value === "object" ? this.structure(targetOf(member), value, depth) : value;
    switch (member.type) {
      case "list":
        if (!Array.isArray(value) || this.#isOver(depth)) return value;
        return value.filter(isThere).map((item) => this.#value(member.member, item, depth + 1));
      case "map": {
        if (typeof value !== "object" || value === null || this.#isOver(depth)) return value;
        const copy: Record<string, unknown> = {};
        for (const [key, item] of Object.entries(value)) {
          if (isThere(item)) setOwn(copy, key, this.#value(member.value, item, depth + 1));
        }
        return copy;
      }
      case "string":
        if (isJsonValue(member)) return JSON.stringify(value);
        return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
      case "timestamp":
        return dateOf(value);
      case "blob":
        return bytesOf(value);
      case "boolean":
      case "document":
      case "eventStream":
        return value;
      default:
        return numberOf(member, value);
    }
  }

  #isOver(depth: number): boolean {
    if (depth >= maximumDepth) this.error ??= nestedTooDeep("params");
    return this.error !== undefined;
  }
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
