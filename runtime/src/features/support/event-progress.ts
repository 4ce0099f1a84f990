import type { MetadataBearer } from "../../errors/base.js";
import type { MessageProgress } from "../../event-streams/message-source.js";
import type { RetryState } from "../../retry/state.js";
import type { Attempt } from "../context.js";

const progresses = new WeakMap<RetryState, MessageProgress>();

/** How far the event streams of a call have come. */
export function progressOf({ state }: { readonly state: RetryState }): MessageProgress {
  const known = progresses.get(state);
  if (known) return known;
  const progress = { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0 };
  progresses.set(state, progress);
  state.report = () => ({ metadata: { events: { ...progress } }, line: ["events", textOf(progress)] });
  return progress;
}

function textOf({ sent, sentBytes, received, receivedBytes }: MessageProgress): string {
  return `${sent} sent (${sentBytes} bytes), ${received} received (${receivedBytes} bytes)`;
}

/** Makes the progress readable in the metadata of the output, and lets an error of the request's events pass. */
export function withProgress(attempt: Attempt): Attempt {
  return async (context) => {
    const progress = progressOf(context);
    let output: Partial<MetadataBearer>;
    try {
      output = await attempt(context);
    } catch (error) {
      throw context.state.body?.failure ?? error;
    }
    Object.defineProperty(output.$metadata, "events", {
      get: () => ({ ...progress }),
      enumerable: true,
      configurable: true,
    });
    return output;
  };
}
