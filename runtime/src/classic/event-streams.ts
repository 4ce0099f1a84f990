/** Event streams of service objects. */
import { Readable } from "node:stream";
import type { EventStream } from "../event-streams/types.js";
import type { EventReader } from "./types.js";

/**
 * The events of a response as AWS SDK v2 returns them: a Node stream in object mode, which reads no event before it needs
 * one. Events that the model does not have are left out. An error in the stream is its `error` event; `destroy()` ends it
 * early and releases the connection.
 */
export function eventStreams(events: EventStream<object>, reader: EventReader): Readable {
  const iterator = events[Symbol.asyncIterator]();
  return new Readable({
    objectMode: true,
    // Each read serves a listener that can accept more.
    highWaterMark: 1,
    read() {
      next(iterator).then(
        (event) => this.push(event && reader.change(event)),
        (error: unknown) => this.destroy(reader.failed(error)),
      );
    },
    destroy(error, done) {
      events.cancel();
      done(error);
    },
  });
}

/** The next event that the model has; null at the end. */
async function next(iterator: AsyncIterator<object>): Promise<object | null> {
  for (;;) {
    const { done, value } = await iterator.next();
    if (done) return null;
    if (!("$unknown" in value)) return value;
  }
}
