import type { MemberShape, Shape } from "../model.js";

/** All members of a shape, including those of lists and maps. */
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
