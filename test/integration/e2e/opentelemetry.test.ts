import { getTrail, listTrails } from "@clientsmith/cloudtrail";
import { expect, it, onTestFinished } from "vitest";
import { type Attributes, traceCalls, type Tracer } from "../../../examples/opentelemetry.js";
import { failure, startCloudTrail } from "./support/cloudtrail.js";

/** Records the spans that a tracer gets. */
function recorder(): { readonly tracer: Tracer; readonly spans: Record<string, unknown>[] } {
  const spans: Record<string, unknown>[] = [];
  const tracer: Tracer = {
    startSpan: (name, { attributes }) => {
      const span: Record<string, unknown> & { attributes: Attributes; events: unknown[] } = {
        name,
        attributes,
        events: [],
      };
      spans.push(span);
      return {
        addEvent: (event) => span.events.push(event),
        setAttributes: (more) => (span.attributes = { ...span.attributes, ...more }),
        setStatus: ({ code }) => (span["status"] = code),
        recordException: (error) => (span["exception"] = error.name),
        end: () => (span["ended"] = true),
      };
    },
  };
  return { tracer, spans };
}

it("OpenTelemetry gets a span a call, with its attempts and its error", async () => {
  const { tracer, spans } = recorder();
  const stop = traceCalls(tracer);
  onTestFinished(stop);
  const { client, service } = await startCloudTrail({
    faults: ({ number }) => (number === 1 ? { error: { name: "ThrottlingException", status: 400 } } : undefined),
  });
  await listTrails(client);
  await failure(getTrail(client, { Name: "absent" }));
  stop();
  await listTrails(client);
  const { hostname, port } = new URL(service.endpoint);
  const place = { "server.address": hostname, "server.port": Number(port) };
  expect(spans).toMatchObject([
    {
      name: "CloudTrail.ListTrails",
      attributes: {
        ...place,
        "rpc.system": "aws-api",
        "rpc.service": "CloudTrail",
        "rpc.method": "ListTrails",
        "http.response.status_code": 200,
        "http.request.resend_count": 1,
        "aws.request_id": "00000000-0000-4000-8000-000000000002",
      },
      events: ["retry"],
      ended: true,
    },
    {
      name: "CloudTrail.GetTrail",
      attributes: { "error.type": "TrailNotFoundException" },
      exception: "TrailNotFoundException",
      status: 2,
      ended: true,
    },
  ]);
  expect(spans).toHaveLength(2);
});
