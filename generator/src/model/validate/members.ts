import type { CheckContext } from "./context.js";
import { isMixin } from "../smithy/raw.js";

/** Checks that member names differ by more than case, and that unions and enums have members. */
export function checkMemberNames(context: CheckContext): void {
  for (const shape of context.shapes.values()) {
    if (!("members" in shape) || "smithy.api#enum" in shape.traits) continue;
    if (shape.members.size === 0 && shape.type !== "structure" && !context.is(shape.id, isMixin)) {
      context.problem(
        shape.type === "union" ? "empty-union" : "empty-enum",
        shape.id,
        `The ${shape.type} has no members.`,
      );
    }
    const names = new Map<string, string>();
    for (const { id, name } of shape.members.values()) {
      const other = names.get(name.toLowerCase());
      if (other === undefined) names.set(name.toLowerCase(), name);
      else {
        const message = `The members ${other} and ${name} differ in case alone, which Smithy does not allow.`;
        context.problem("member-name-clash", id, message);
      }
    }
  }
}
