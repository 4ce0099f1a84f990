import type { MetadataBearer, ResponseMetadata } from "../errors/base.js";
import { observerFailed } from "../observe/observer-failed.js";
import type { Logger } from "../observe/logger.js";
import type { RetryState } from "../retry/state.js";
import type { Operation, Service } from "../schema/service.js";
import { redact } from "../schema/redact.js";

/** What is known about a finished call. */
export interface EndedCall {
  readonly service: Service;
  readonly operation: Operation;
  readonly input: unknown;
  /** `performance.now()` when it started. */
  readonly startedAt: number;
  readonly state: RetryState;
  readonly output?: unknown;
  readonly error?: unknown;
}

/**
 * Logs the end of a call: one `info` line such as `CloudTrail.LookupEvents 200 after 1 attempt, 23 ms (request 0a1b…)`,
 * and at `debug` the input and the output with sensitive members masked. An error of the logger has no effect on the
 * call.
 */
export function logCall(logger: Logger, call: EndedCall): void {
  try {
    write(logger, call);
  } catch (error) {
    observerFailed("The logger", logger, error);
  }
}

function write(logger: Logger, { service, operation, input, startedAt, state, output, error }: EndedCall): void {
  const name = `${service.name}.${operation.name}`;
  const metadata: Partial<ResponseMetadata> =
    ((output ?? error) as Partial<MetadataBearer> | undefined)?.$metadata ?? {};
  const failure = error instanceof Error ? ` ${error.name}` : "";
  const attempts = state.sent === 1 ? "1 attempt" : `${state.sent} attempts`;
  const request = metadata.requestId ? ` (request ${metadata.requestId})` : "";
  const duration = Math.round(performance.now() - startedAt);
  logger.info(`${name} ${metadata.status ?? "no response"}${failure} after ${attempts}, ${duration} ms${request}`);
  logger.debug(`${name} input`, redact(operation.input, input));
  if (output) logger.debug(`${name} output`, redact(operation.output, output));
}
