import { describeShape } from "../../ir/descriptor.js";
import type { ServiceIr, StructureIr } from "../../ir/ir.js";
import { errorFields } from "../../ir/reserved.js";
import { literal, memberKey } from "../../text/literal.js";
import { errorComment, memberComment } from "./docs.js";
import type { ClientEmitter } from "./file.js";
import { descriptorView, referencesOf, shapeViews } from "./shapes.js";
import { memberDeclaration } from "./types.js";

/** All error classes of the service, and the shapes that only errors use. */
export const emitErrors: ClientEmitter = (ir) => {
  if (ir.errors.length === 0) return [];
  const data = {
    runtime: ir.names.runtime,
    shapes: shapeViews(ir.partition.errors, ir),
    errors: ir.errors.map((error) => errorView(error, ir)),
  };
  return [{ path: "src/errors.ts", template: "errors", data }];
};

function errorView(error: StructureIr, ir: ServiceIr): object {
  const references = referencesOf(ir, () => false);
  return {
    name: ir.names.errors.get(error.id) ?? "",
    wireName: literal(error.name),
    comment: errorComment(error),
    descriptor: descriptorView(describeShape(error, ir.protocol, references, { outputs: ir.outputs })),
    members: error.members
      .filter((member) => member.name !== "message")
      .map((member) => {
        const { optional, type } = memberDeclaration(member, error, ir);
        const name = errorFields.has(member.name) ? `$${member.name}` : member.name;
        return {
          comment: memberComment(member, false, ir, 2),
          declaration: `${memberKey(name)}${optional ? "?" : ""}: ${type}`,
        };
      }),
  };
}
