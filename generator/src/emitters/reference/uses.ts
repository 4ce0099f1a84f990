import type { OperationIr, ServiceIr, ShapeId, ShapeIr, StructureIr, TypeIr } from "../../plugin.js";

/** Where shapes are used. */
export interface Uses {
  /** Operations whose input, output or error is the shape or contains it, at any depth. */
  operations(id: ShapeId): readonly OperationIr[];
  /** Structures, unions and errors that have a member of the shape. */
  shapes(id: ShapeId): readonly (ShapeIr | StructureIr)[];
  /** Operations that may fail with an error. */
  failing(id: ShapeId): readonly OperationIr[];
}

export function usesOf(ir: ServiceIr): Uses {
  const shapes = new Map<ShapeId, (ShapeIr | StructureIr)[]>();
  for (const shape of [...ir.shapes.values(), ...ir.errors]) {
    for (const id of targetsOf(shape)) add(shapes, id, shape);
  }
  const operations = new Map<ShapeId, OperationIr[]>();
  const failing = new Map<ShapeId, OperationIr[]>();
  for (const operation of ir.operations) {
    const roots = [operation.input, operation.output].flatMap((shape) => shape?.id ?? []);
    for (const id of reach(roots, ir)) add(operations, id, operation);
    for (const { id } of operation.errors) add(failing, id, operation);
  }
  return {
    operations: (id) => operations.get(id) ?? [],
    shapes: (id) => shapes.get(id) ?? [],
    failing: (id) => failing.get(id) ?? [],
  };
}

function reach(roots: readonly ShapeId[], { references }: ServiceIr): Set<ShapeId> {
  const seen = new Set<ShapeId>();
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(references.get(id) ?? []));
  }
  return seen;
}

function add<T>(map: Map<ShapeId, T[]>, id: ShapeId, item: T): void {
  const items = map.get(id);
  if (items) items.push(item);
  else map.set(id, [item]);
}

/** Shapes of a structure's or union's members, directly or through lists and maps. */
function targetsOf(shape: ShapeIr): Set<ShapeId> {
  return new Set("members" in shape ? shape.members.flatMap(({ type }) => idsIn(type)) : []);
}

function idsIn(type: TypeIr): readonly ShapeId[] {
  if ("shape" in type) return [type.shape];
  if ("member" in type) return idsIn(type.member.type);
  return "key" in type ? [...idsIn(type.key.type), ...idsIn(type.value.type)] : [];
}
