import type { JSONPath } from "jsonc-parser";
import type { CheckContext } from "./check.js";
import { membersOf } from "./members.js";
import type { Shape, ShapeId } from "./model.js";
import { prelude } from "./prelude.js";

const notData = new Set(["service", "operation", "resource"]);

/** Every target must be there, and be of the kind that its place wants. */
export function checkTargets(context: CheckContext): void {
  const { raw, shapes, report } = context;
  /** The target, if it is there; a dangling one is reported. */
  const look = (id: ShapeId, owner: ShapeId, path: JSONPath): Shape | undefined => {
    const shape = shapes.get(id) ?? prelude.get(id);
    // A shape that is there but could not be read has been reported itself.
    if (!shape && !raw.has(id)) {
      const near = sameButForCase(id, shapes);
      const message = `There is no shape ${id}.${near ? ` Did you mean ${near}?` : ""}`;
      report({ code: "dangling-target", shapeId: owner, path, message });
    }
    return shape;
  };
  const want = (id: ShapeId, owner: ShapeId, path: JSONPath, what: string, test: (shape: Shape) => boolean): void => {
    const shape = look(id, owner, path);
    if (shape && !test(shape)) {
      report({
        code: "wrong-target",
        shapeId: owner,
        path,
        message: `${id} is a ${shape.type}, where ${what} is wanted.`,
      });
    }
  };

  for (const shape of shapes.values()) {
    const path = raw.get(shape.id)?.path ?? [];
    for (const member of membersOf(shape)) {
      // Trait definitions target what they like; enum members target the unit type.
      const memberPath = [...(raw.get(shape.id)?.members.get(member.name)?.path ?? path), "target"];
      const isKey = shape.type === "map" && member === shape.key;
      want(member.target, member.id, memberPath, isKey ? "a string or enum" : "a shape of data", (target) =>
        isKey ? target.type === "string" || target.type === "enum" : !notData.has(target.type),
      );
    }
    if (shape.type === "operation") {
      for (const side of ["input", "output"] as const) {
        want(shape[side], shape.id, [...path, side], "a structure", ({ type }) => type === "structure");
      }
    }
    if (shape.type === "operation" || shape.type === "service") {
      shape.errors.forEach((id, index) =>
        want(id, shape.id, [...path, "errors", index], "a structure with the error trait", isError),
      );
    }
    if (shape.type === "service" || shape.type === "resource") {
      for (const id of shape.operations) want(id, shape.id, path, "an operation", ({ type }) => type === "operation");
      for (const id of shape.resources) want(id, shape.id, path, "a resource", ({ type }) => type === "resource");
    }
    if (shape.type === "service") {
      for (const id of Object.keys(shape.rename)) look(id, shape.id, [...path, "rename", id]);
    }
  }
}

function isError(shape: Shape): boolean {
  return shape.type === "structure" && "smithy.api#error" in shape.traits;
}

/** Most dangling targets are misspelt: a shape whose id differs in case or in one character. */
function sameButForCase(id: ShapeId, shapes: ReadonlyMap<ShapeId, Shape>): ShapeId | undefined {
  const wanted = id.toLowerCase();
  for (const candidate of shapes.keys()) {
    const other = candidate.toLowerCase();
    if (other === wanted || differsByOne(other, wanted)) return candidate;
  }
  return undefined;
}

function differsByOne(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  const rest = (text: string, skip: number): string => text.slice(start + skip);
  if (left.length === right.length) return rest(left, 1) === rest(right, 1);
  return left.length > right.length ? rest(left, 1) === rest(right, 0) : rest(left, 0) === rest(right, 1);
}
