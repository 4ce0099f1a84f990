import type { MetadataBearer } from "../../errors/base.js";
import type { Progress } from "../../event-streams/message-source.js";
import type { RetryState } from "../../retry/state.js";
import type { Attempt } from "../context.js";

/** How far the event streams of a call have come. */
export function progressOf({ state }: { readonly state: RetryState }): Progress {
  return (state.events ??= { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0 });
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
