import type { MemberIr, OperationIr, ServiceIr } from "../ir/ir.js";

/** Applies `change` to every input member of every operation. */
export function changeInputs(
  service: ServiceIr,
  change: (member: MemberIr, operation: OperationIr) => MemberIr,
): ServiceIr {
  const shapes = new Map(service.shapes);
  const operations = service.operations.map((operation) => {
    if (!operation.input) return operation;
    const input = {
      ...operation.input,
      members: operation.input.members.map((member) => change(member, operation)),
    };
    shapes.set(input.id, input);
    return { ...operation, input };
  });
  return { ...service, shapes, operations };
}
