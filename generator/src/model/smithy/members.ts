import type { MemberShape, Shape } from "../model.js";

/** Every member of a shape, a list's and a map's included. */
export function membersOf(shape: Shape): MemberShape[] {
  switch (shape.type) {
    case "structure":
    case "union":
    case "enum":
    case "intEnum":
      return [...shape.members.values()];
    case "list":
      return [shape.member];
    case "map":
      return [shape.key, shape.value];
    default:
      return [];
  }
}
