import { comment } from "../../text/comment.js";
import { plainText } from "../../text/markup.js";
import { literal } from "../../text/literal.js";
import type { ServiceIr } from "../../ir/ir.js";
import type { ClientEmitter } from "./file.js";

/** Endpoint resolution: the compiled endpoint rules of the service, or the `endpoint` option if it has no rules. */
export const emitEndpoint: ClientEmitter = (ir, { endpointSource }) => {
  const path = "src/endpoint.ts";
  if (endpointSource !== undefined) return [{ path, text: endpointSource }];
  const title = ir.title ?? ir.sdkId;
  const data = {
    runtime: ir.names.runtime,
    names: { ...ir.names },
    comment: comment({
      facts: [`The model of ${plainText(title)} has no endpoint rules, so the client option \`endpoint\` is required.`],
    }),
    message: literal(missingRules(ir)),
  };
  return [{ path, template: "given-endpoint", data }];
};

/**
 * Whether callers have to set the client option `endpoint`: the model states none. A client of AWS may also find it in the
 * environment.
 */
export function requiresEndpoint({ isAws, endpointRuleSet, endpointBdd }: ServiceIr): boolean {
  return !isAws && (endpointRuleSet ?? endpointBdd) === undefined;
}

/** Error message of a client that has neither endpoint rules nor an endpoint. */
export function missingRules({ title, sdkId }: Pick<ServiceIr, "title" | "sdkId">): string {
  return `The model of ${title ?? sdkId} has no endpoint rules: set the client option "endpoint"`;
}
