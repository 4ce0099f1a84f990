import type { Model, OperationShape, ServiceShape } from "../model/model.js";
import type { Diagnostic } from "../diagnostics.js";
import { isSupported, operationSchemes } from "./auth.js";
import type { AuthSchemeIr, ProtocolSupport } from "../ir/support.js";
import { hasTrait } from "./traits.js";

/**
 * Diagnostic for an operation with a stream that is not the HTTP payload, or with an event stream in a protocol that has
 * none.
 */
function unsupportedStreaming(
  model: Model,
  operation: OperationShape,
  protocol: ProtocolSupport | undefined,
): Diagnostic | undefined {
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
      const isBody = hasTrait(member.traits, "smithy.api#httpPayload");
      const isKnown =
        target.type === "union"
          ? !protocol || (protocol.eventStreams === true && (isBody || !protocol.http))
          : isBody && protocol?.http !== false;
      if (isKnown) continue;
      const hasNone = target.type === "union" && protocol?.eventStreams !== true;
      const what = hasNone
        ? `an event stream, which ${protocol?.id} does not have`
        : "a stream that is not the HTTP payload, which is not supported yet";
      return {
        severity: "warning",
        code: "unsupported-streaming",
        shapeId: operation.id,
        message: `Left out: the ${direction} member ${member.name} is ${what}.`,
      };
    }
  }
  return undefined;
}

/** Diagnostic for an operation that only allows unsupported auth schemes. */
function unsupportedAuth(
  model: Model,
  service: ServiceShape,
  operation: OperationShape,
  supported: readonly AuthSchemeIr[],
): Diagnostic | undefined {
  const schemes = operationSchemes(model, service, operation);
  if (schemes.length === 0 || schemes.some((id) => isSupported(id, supported))) return undefined;
  if (hasTrait(operation.traits, "smithy.api#optionalAuth")) return undefined;
  // A scheme that needs an operation is named by endpoint rules only.
  const named = supported.filter((scheme) => scheme.operation === undefined).map(({ id }) => id);
  return {
    severity: "warning",
    code: "unsupported-auth",
    shapeId: operation.id,
    message: `Left out: it requires the auth scheme ${schemes.join(" or ")}; supported are ${named.join(", ")}.`,
  };
}

/**
 * Why an operation is left out. Undefined if it can be generated.
 *
 * @param protocol undefined if the service declares no supported one
 */
export function unsupportedOperation(
  model: Model,
  service: ServiceShape,
  operation: OperationShape,
  protocol: ProtocolSupport | undefined,
  supported: readonly AuthSchemeIr[],
): Diagnostic | undefined {
  return unsupportedAuth(model, service, operation, supported) ?? unsupportedStreaming(model, operation, protocol);
}

/** Error for a service without any operation that can be generated. It groups the reasons. */
export function unsupportedService(service: ServiceShape, leftOut: readonly Diagnostic[]): Diagnostic {
  const reasons = [...new Set(leftOut.map(({ message }) => message))].map((reason) => {
    const { length } = leftOut.filter(({ message }) => message === reason);
    return `${length} of ${leftOut.length}: ${reason.replace(/^Left out: /, "")}`;
  });
  const codes = new Set(leftOut.map(({ code }) => code));
  const [code = "unsupported-service"] = codes.size === 1 ? codes : [];
  const message = `No operation of the service can be generated, so there is no client. ${reasons.join(" ")}`;
  return { severity: "error", code, shapeId: service.id, message };
}
