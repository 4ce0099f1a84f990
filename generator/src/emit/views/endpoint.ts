import { comment } from "../../text/comment.js";
import { plainText } from "../../text/markup.js";
import { literal } from "../../text/literal.js";
import type { ServiceIr } from "../../ir/ir.js";
import type { Emitter } from "./file.js";

/** Endpoint resolution: the service's rule set compiled, or, where it has none, the endpoint that the caller gives. */
export const emitEndpoint: Emitter = (ir, { endpointSource }) => {
  const path = "src/endpoint.ts";
  if (endpointSource !== undefined) return [{ path, template: "text", data: { text: endpointSource } }];
  const title = ir.title ?? ir.sdkId;
  const data = {
    runtime: ir.names.runtime,
    names: { ...ir.names },
    comment: comment({
      facts: [
        `${plainText(title)} has no endpoint rules in its model: the client's \`endpoint\` option says where it is.`,
      ],
    }),
    message: literal(missingRules(ir)),
  };
  return [{ path, template: "given-endpoint", data }];
};

/** What a client says that has neither endpoint rules nor an endpoint. */
export function missingRules({ title, sdkId }: Pick<ServiceIr, "title" | "sdkId">): string {
  return `The model of ${title ?? sdkId} has no endpoint rules: give the client the option "endpoint"`;
}
