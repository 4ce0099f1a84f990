// What the faults of event streams have in common: messages, sources, and how an exchange ends.
import { encodeMessage } from "../../../runtime/src/event-streams/encode.js";
import type { EventMessage } from "../../../runtime/src/event-streams/message.js";
import type { EventStream } from "../../../runtime/src/event-streams/types.js";
import type { CallSettings, Word } from "./events-client.js";
import { pause } from "./fault.js";

const message = (type: string, name: string, body: string): Uint8Array =>
  encodeMessage({
    headers: {
      ":message-type": { type: "string", value: type },
      [`:${type}-type`]: { type: "string", value: name },
      ":content-type": { type: "string", value: "application/json" },
    } satisfies EventMessage["headers"],
    payload: Buffer.from(body),
  });
/** The names of the event and the exception, which the client of another service has to know: `FAULTS_EVENT`. */
const [eventName = "text", exceptionName = "busy"] = process.env["FAULTS_EVENT"]?.split(",") ?? [];

export const word = message("event", eventName, '{"text":"hi"}');
export const busy = message("exception", exceptionName, '{"message":"later"}');
/** A stream of two events. */
export const recorded = Buffer.concat([word, word]);
export const half = word.byteLength;

export const kindOf = (error: unknown): string => {
  const { name, phase, systemCode, cause } = error as Error & { readonly phase?: string; readonly systemCode?: string };
  const isSource = systemCode === "CLIENTSMITH_REQUEST_STREAM";
  return [name, phase, isSource && `cause ${String((cause as Error).message)}`].filter(Boolean).join(" ");
};

export async function read(stream: EventStream<Word>, each: (count: number) => void = () => {}): Promise<string> {
  let count = 0;
  try {
    for await (const event of stream) {
      if (event.text.text !== "hi") return `${count} wrong`;
      each(++count);
    }
    return `${count} ended`;
  } catch (error) {
    return `${count} ${kindOf(error)}`;
  }
}

export async function* saying(count: number): AsyncGenerator<Word> {
  for (let sent = 0; sent < count; sent++) yield { text: { text: "hi" } };
}

export async function* failing(after: number): AsyncGenerator<Word> {
  yield* saying(after);
  await pause(60);
  throw new Error("the microphone is gone");
}

export async function* silent(): AsyncGenerator<Word> {
  yield* saying(1);
  await new Promise(() => {});
}

/** Fails after the call has ended, which must have no effect. */
export async function* failingLate(): AsyncGenerator<Word> {
  yield* saying(1);
  await pause(300);
  throw new Error("too late");
}

/** Its `return` fails, as does a concurrent call of `next`. */
export const hostile = (): AsyncIterable<Word> => {
  let isFirst = true;
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (!isFirst) await pause(200).then(() => Promise.reject(new Error("hostile next")));
        isFirst = false;
        return { done: false, value: { text: { text: "hi" } } };
      },
      return: () => Promise.reject(new Error("hostile return")),
    }),
  };
};

export const signalOf = (abortAfter: number | undefined): CallSettings => {
  if (abortAfter === undefined) return {};
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), abortAfter);
  return { signal: controller.signal };
};
