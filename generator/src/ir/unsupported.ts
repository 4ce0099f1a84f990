import type { Model, OperationShape, ServiceShape, ShapeId } from "../ast/model.js";
import type { Diagnostic } from "../diagnostics.js";
import { hasTrait, recordTrait } from "./traits.js";

/** Why an operation cannot be generated, or undefined where it can. */
export function unsupportedStreaming(model: Model, operation: OperationShape): Diagnostic | undefined {
  for (const [direction, id] of [
    ["input", operation.input],
    ["output", operation.output],
  ] as const) {
    const shape = model.shapes.get(id);
    if (shape?.type !== "structure") continue;
    for (const member of shape.members.values()) {
      const target = model.shapes.get(member.target);
      if (
        !target ||
        !(hasTrait(target.traits, "smithy.api#streaming") || hasTrait(member.traits, "smithy.api#streaming"))
      )
        continue;
      const what = target.type === "union" ? "an event stream" : "a streamed body";
      return {
        severity: "warning",
        code: "unsupported-streaming",
        shapeId: operation.id,
        message: `Left out: the ${direction} member ${member.name} is ${what}, which is not supported yet.`,
      };
    }
  }
  return undefined;
}

/** Operations that can only be called at an endpoint which another operation tells. */
export function unsupportedDiscovery(operation: OperationShape): Diagnostic | undefined {
  const trait = recordTrait(operation.traits, "aws.api#clientDiscoveredEndpoint");
  if (trait?.["required"] !== true) return undefined;
  return {
    severity: "warning",
    code: "unsupported-endpoint-discovery",
    shapeId: operation.id,
    message:
      "The service requires endpoint discovery for this operation, which is not supported yet: give the discovered endpoint as the client's `endpoint`.",
  };
}

const signers: ReadonlySet<ShapeId> = new Set(["aws.auth#sigv4"]);

/** A service that offers only ways of authentication which are not supported. */
export function unsupportedAuth(model: Model, service: ServiceShape): Diagnostic | undefined {
  const schemes = Object.keys(service.traits).filter((id) => {
    const definition = model.shapes.get(id);
    return (
      /^(aws\.auth#sigv4a?|smithy\.api#http(Basic|Digest|Bearer|ApiKey)Auth)$/.test(id) ||
      (definition !== undefined && hasTrait(definition.traits, "smithy.api#authDefinition"))
    );
  });
  if (schemes.length === 0 || schemes.some((id) => signers.has(id))) return undefined;
  return {
    severity: "error",
    code: "unsupported-auth",
    shapeId: service.id,
    message: `The service authenticates by ${schemes.join(", ")}; supported is ${[...signers].join(", ")}.`,
  };
}
