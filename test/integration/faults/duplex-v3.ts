import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { OpenTalker } from "./duplex-table.js";
import type { Word } from "./events-client.js";
import { limit } from "./fault.js";

interface Package {
  readonly TranscribeStreamingClient: new (options: object) => {
    send(command: object, options: object): Promise<{ readonly TranscriptResultStream: AsyncIterable<object> }>;
    destroy(): void;
  };
  readonly StartStreamTranscriptionCommand: new (input: object) => object;
}

/** The operation of Transcribe that sends and receives events. */
export const openV3: OpenTalker = (port, origin = "http://127.0.0.1") => {
  const { TranscribeStreamingClient, StartStreamTranscriptionCommand } = createRequire(
    resolve("test/compatibility/peers/package.json"),
  )("@aws-sdk/client-transcribe-streaming") as Package;
  const client = new TranscribeStreamingClient({
    region: "eu-west-1",
    endpoint: `${origin}:${port}`,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    maxAttempts: 1,
    requestHandler: { requestTimeout: limit, sessionTimeout: limit },
  });
  return {
    async talk(input, { signal, deadline } = {}) {
      const command = new StartStreamTranscriptionCommand({
        LanguageCode: "en-US",
        MediaEncoding: "pcm",
        MediaSampleRateHertz: 16_000,
        AudioStream: audio(input as AsyncIterable<Word>),
      });
      const abortSignal = deadline === undefined ? signal : AbortSignal.timeout(deadline);
      const { TranscriptResultStream } = await client.send(command, { abortSignal });
      return { words: Object.assign(words(TranscriptResultStream), { cancel: () => {} }) };
    },
    close: () => Promise.resolve(client.destroy()),
  };
};

async function* audio(input: AsyncIterable<Partial<Word>>): AsyncGenerator<object> {
  for await (const { text } of input) yield { AudioEvent: { AudioChunk: text?.text ? Buffer.from(text.text) : 7 } };
}

async function* words(events: AsyncIterable<object>): AsyncGenerator<Word, undefined> {
  for await (const event of events) if (event) yield { text: { text: "hi" } };
  return undefined;
}
