import type { MemberIr, OperationIr, ServiceIr, StructureIr } from "../ir/ir.js";

/** Applies `change` to every input member of every operation. */
export function changeInputs(
  service: ServiceIr,
  change: (member: MemberIr, operation: OperationIr) => MemberIr,
): ServiceIr {
  return changeMembers(service, {
    input: ({ members }, operation) => members.map((member) => change(member, operation)),
  });
}

/** A service whose operations have inputs and outputs with other members. */
export function changeMembers(
  service: ServiceIr,
  change: Readonly<
    Partial<Record<"input" | "output", (shape: StructureIr, operation: OperationIr) => readonly MemberIr[]>>
  >,
): ServiceIr {
  const shapes = new Map(service.shapes);
  const operations = service.operations.map((operation) => {
    const changed = (part: "input" | "output"): StructureIr | undefined => {
      const shape = operation[part];
      if (!shape || !change[part]) return shape;
      const result = { ...shape, members: change[part](shape, operation) };
      shapes.set(shape.id, result);
      return result;
    };
    return { ...operation, input: changed("input"), output: changed("output") };
  });
  return { ...service, shapes, operations };
}
