import type { EndpointOptionIr, ServiceIr } from "../../ir/ir.js";
import { comment } from "../../text/comment.js";
import { literal, propertyKey } from "../../text/literal.js";

/** Members of the client's options interface that are specific to this service. */
export function clientOptionViews({ endpointOptions }: ServiceIr): readonly object[] {
  return endpointOptions.map((option) => ({
    key: propertyKey(option.name),
    type: typeOf(option),
    comment: comment({
      ...(option.documentation === undefined ? {} : { text: option.documentation }),
      facts: [defaultOf(option)],
    }),
  }));
}

function typeOf({ type, values }: EndpointOptionIr): string {
  if (values) return values.map((value) => literal(value)).join(" | ");
  return type === "stringArray" ? "readonly string[]" : type;
}

function defaultOf({ default: fallback, source }: EndpointOptionIr): string {
  const last = fallback === undefined ? "unset" : `\`${String(fallback)}\``;
  return source
    ? `Default: \`${source.variable}\`, then the profile's \`${source.setting}\`, then ${last}.`
    : `Default: ${last}.`;
}
