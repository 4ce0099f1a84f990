import { isClientsmithError } from "../errors/base.js";
import { AbortedError } from "../errors/client.js";
import type { EventStream } from "../event-streams/types.js";
import { outputToJson } from "../interop/json-form.js";
import { mask } from "../schema/redact.js";
import type { Operation } from "../schema/service.js";
import { eventStreamOf, type StructureShape, targetOf } from "../schema/shapes.js";
import type { DocumentType } from "../schema/values.js";
import { maxTimer } from "../signals/abort.js";
import { errorText } from "./error-text.js";
import type { Limits } from "./limits.js";

/** The first events of an output, and how far they go. */
export interface CollectedEvents {
  /** The member of the output and its events in their JSON form. */
  readonly events: { readonly [member: string]: DocumentType };
  readonly note: string;
  /** The stream ended with an error. */
  readonly failed: boolean;
}

/**
 * Reads events until the stream ends, or there are as many as the limits allow, and closes it. Events that the model does
 * not have are left out, sensitive members masked.
 *
 * @param milliseconds time that is left
 */
export async function collectEvents(
  operation: Operation,
  output: object,
  limits: Limits,
  milliseconds: number,
): Promise<CollectedEvents> {
  const [name, member] = eventStreamOf(operation.output) ?? [];
  const stream = name === undefined ? undefined : (output as Readonly<Record<string, EventStream<object>>>)[name];
  if (name === undefined || !member || !stream) return { events: {}, note: "There are no events.", failed: false };
  const union = targetOf({ target: member.events }) as unknown as StructureShape;
  const events: DocumentType[] = [];
  let [size, reason] = [0, "The stream has ended"];
  let [isLate, failed] = [false, false];
  const timer = setTimeout(
    () => {
      isLate = true;
      stream.cancel();
    },
    Math.min(milliseconds, maxTimer),
  );
  const late = `${limits.maxSeconds} s have passed`;
  try {
    for await (const event of stream) {
      const json = outputToJson(union, event, { redact: true });
      if (Object.keys(json).length > 0) {
        events.push(json);
        size += JSON.stringify(json).length;
      }
      const full = isLate ? late : limitReached(events.length, size, limits);
      if (full !== undefined) {
        reason = `The stream continues; it was closed, because ${full}`;
        break;
      }
    }
  } catch (error) {
    if (isLate) reason = `The stream continues; it was closed, because ${late}`;
    else if (isClientsmithError(error) && !(error instanceof AbortedError)) {
      reason = `The stream ended with an error: ${errorText(operation, error)}`;
      failed = true;
    } else throw error;
  } finally {
    clearTimeout(timer);
  }
  const count = `${events.length} ${events.length === 1 ? "event" : "events"}`;
  return { events: { [name]: member.sensitive ? mask : events }, note: `${count}. ${reason}.`, failed };
}

function limitReached(count: number, size: number, { budget, maxEvents }: Limits): string | undefined {
  if (count >= maxEvents) return `${maxEvents} events are the limit`;
  return size >= budget ? `the budget of ${budget} characters is used up` : undefined;
}
