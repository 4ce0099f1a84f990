import { eventStreamType } from "../event-streams/message.js";
import type { Operation } from "../schema/service.js";
import { getOwn } from "../schema/values.js";
import { eventStreamsOf } from "./events/event-streams.js";
import { writeEvents } from "./events/outgoing.js";
import type { LocalServiceSettings } from "./options.js";
import type { ServerProtocol, ServerResponse } from "./protocols/protocol.js";
import type { OpenRecord } from "./record.js";
import { recordFailure } from "./record-failure.js";

/** The response for an output, which may contain events. */
export function writeOutput(
  operation: Operation,
  output: object,
  settings: LocalServiceSettings,
  protocol: ServerProtocol,
  record: OpenRecord,
): ServerResponse {
  const { output: stream, plain } = eventStreamsOf(operation, settings.service.service);
  const written = protocol.writeOutput(stream ? plain : operation, output, record.requestId);
  if (!stream) return written;
  const { status, headers, body } = written;
  const events = writeEvents({
    source: getOwn(output as Readonly<Record<string, unknown>>, stream.member),
    stream,
    initial: operation.http
      ? undefined
      : {
          contentType: protocol.contentType.replace(/x-amz-json-[\d.]+$/, "json"),
          payload: body as string | Uint8Array,
        },
    failureOf: (thrown) => recordFailure(thrown, operation, record, settings),
  });
  return { status, headers: { ...headers, "content-type": eventStreamType }, body: events };
}
