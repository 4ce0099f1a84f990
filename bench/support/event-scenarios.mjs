// Event streams: what is sent in each direction.

/**
 * @typedef {object} EventScenario
 * @property {string} title
 * @property {string} client  folder of the generated client; v3's package is named after it
 * @property {string} operation
 * @property {number} events  in a round
 * @property {2 | undefined} version  of HTTP, if not 1.1
 * @property {(audio: AsyncIterable<object>) => object} input
 * @property {string} output  member with the events
 * @property {Readonly<Record<string, string>>} headers  of the response
 * @property {{ readonly type: string, readonly contentType: string, readonly body: string }} event  each event of the service
 */

/** Bytes of 0.1 s of sound at 16 kHz. */
export const chunkSize = 3_200;

const transcript = JSON.stringify({
  Transcript: {
    Results: [
      {
        ResultId: "0a1b2c3d-4e5f-6789-abcd-ef0123456789",
        StartTime: 0.5,
        EndTime: 1.25,
        IsPartial: true,
        Alternatives: [
          {
            Transcript: "the quick brown fox",
            Items: ["the", "quick", "brown", "fox"].map((Content, index) => ({
              Content,
              Type: "pronunciation",
              StartTime: 0.5 + index / 4,
              EndTime: 0.75 + index / 4,
              Confidence: 0.99,
            })),
          },
        ],
      },
    ],
  },
});

/** @type {Readonly<Record<string, EventScenario>>} */
export const eventScenarios = {
  received: {
    title: "Lambda InvokeWithResponseStream: 200 B each, received over HTTP/1.1",
    client: "lambda",
    operation: "invokeWithResponseStream",
    events: 50_000,
    version: undefined,
    input: () => ({ FunctionName: "stream" }),
    output: "EventStream",
    headers: { "x-amz-executed-version": "1" },
    event: { type: "PayloadChunk", contentType: "application/octet-stream", body: "x".repeat(200) },
  },
  both: {
    title: "Transcribe StartStreamTranscription: 3.2 kB each sent and signed, 0.6 kB each received, over HTTP/2",
    client: "transcribe",
    operation: "startStreamTranscription",
    events: 10_000,
    version: 2,
    input: (audio) => ({
      LanguageCode: "en-US",
      MediaSampleRateHertz: 16_000,
      MediaEncoding: "pcm",
      AudioStream: audio,
    }),
    output: "TranscriptResultStream",
    headers: {},
    event: { type: "TranscriptEvent", contentType: "application/json", body: transcript },
  },
};
