// A bridge to OpenTelemetry: a span for each call, with its attempts as events. It uses the diagnostics channels, so that it
// covers every client of the process and patches nothing.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { CompleteEvent, RequestEvent, ResponseEvent, RetryEvent } from "@clientsmith/runtime";

/** The used part of a tracer of `@opentelemetry/api`: `trace.getTracer("clientsmith")`. */
export interface Tracer {
  startSpan(name: string, options: { readonly kind: number; readonly attributes: Attributes }): Span;
}

export type Attributes = Readonly<Record<string, string | number>>;

export interface Span {
  addEvent(name: string, attributes: Attributes): unknown;
  setAttributes(attributes: Attributes): unknown;
  setStatus(status: { readonly code: number; readonly message?: string }): unknown;
  recordException(error: Error): void;
  end(): void;
}

/** `SpanKind.CLIENT` and `SpanStatusCode.ERROR` of `@opentelemetry/api`. */
const client = 2;
const failed = 2;

/**
 * Makes a span for each call. Attributes have the names of OpenTelemetry's semantic conventions for RPC and AWS.
 *
 * @returns a function that ends the tracing
 * @see https://opentelemetry.io/docs/specs/semconv/rpc/
 */
export function traceCalls(tracer: Tracer): () => void {
  const spans = new WeakMap<object, Span>();
  const listeners: Readonly<Record<string, (event: never) => void>> = {
    request: ({ call, service, operation, request }: RequestEvent) => {
      const { hostname, port } = new URL(request.origin);
      spans.set(
        call,
        tracer.startSpan(`${service}.${operation}`, {
          kind: client,
          attributes: {
            "rpc.system": "aws-api",
            "rpc.service": service,
            "rpc.method": operation,
            "server.address": hostname,
            ...(port !== "" && { "server.port": Number(port) }),
          },
        }),
      );
    },
    response: ({ call, attempt, response }: ResponseEvent) => {
      const requestId = response.headers["x-amzn-requestid"];
      spans.get(call)?.setAttributes({
        "http.response.status_code": response.status,
        ...(requestId !== undefined && { "aws.request_id": requestId }),
        ...(attempt > 1 && { "http.request.resend_count": attempt - 1 }),
      });
    },
    retry: ({ call, attempt, delay, error }: RetryEvent) => {
      const name = error instanceof Error ? error.name : String(error);
      spans.get(call)?.addEvent("retry", { attempt, "delay.ms": delay, "error.type": name });
    },
    complete: ({ call, error }: CompleteEvent) => {
      const span = spans.get(call);
      if (error instanceof Error) {
        span?.recordException(error);
        span?.setAttributes({ "error.type": error.name });
        span?.setStatus({ code: failed, message: error.message });
      }
      span?.end();
    },
  };
  const entries = Object.entries(listeners) as [string, (event: unknown) => void][];
  for (const [name, listener] of entries) subscribe(`clientsmith:${name}`, listener);
  return () => {
    for (const [name, listener] of entries) unsubscribe(`clientsmith:${name}`, listener);
  };
}
