import type { Logger } from "@smithy/types";
import type { CallRecord } from "./metadata.js";
import type { Operation, Service } from "./schema/operation.js";
import { redact } from "./schema/redact.js";

/**
 * One `info` line a call, like `CloudTrail.LookupEvents 200 after 1 attempt, 23 ms (request 0a1b…)`, and at `debug`
 * the input and output with sensitive members masked.
 */
export function logCall(
  logger: Logger,
  service: Service,
  operation: Operation,
  call: { record: CallRecord; startedAt: number; input: unknown; output?: unknown; error?: unknown },
): void {
  const { record, error } = call;
  const attempts = record.attempts === 1 ? "1 attempt" : `${record.attempts} attempts`;
  const failure = error instanceof Error ? ` ${error.name}` : "";
  const request = record.requestId ? ` (request ${record.requestId})` : "";
  const duration = Math.round(performance.now() - call.startedAt);
  logger.info(
    `${service.name}.${operation.name} ${record.status ?? "not sent"}${failure} after ${attempts}, ${duration} ms${request}`,
  );
  logger.debug(`${service.name}.${operation.name} input`, redact(operation.input, call.input));
  if (call.output) logger.debug(`${service.name}.${operation.name} output`, redact(operation.output, call.output));
}
