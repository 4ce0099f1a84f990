import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { ServiceModel } from "@clientsmith/runtime/codegen/v1";
import { startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { emitPackage } from "../../integration/emitters/support/emitted.js";
import { root } from "../../support/shared.js";

const wire = await emitPackage("events-mcp", ["mcp"], join(root, "test/fixtures/events/model.smithy"));
rmSync(join(wire.folder, ".tsbuildinfo"), { force: true });
const tsc = join(root, "node_modules/typescript/bin/tsc");
const built = spawnSync(process.execPath, [tsc, "-p", wire.folder], { encoding: "utf8" });
const { WireModel } = await wire.load<{ readonly WireModel: ServiceModel }>("model.ts");

interface Source {
  /** The events that the service sends. */
  readonly words: (signal: AbortSignal) => AsyncIterable<object>;
}

/** The official client, connected over stdio to the generated server, which calls a service that sends these events. */
async function connect({ words }: Source, ...flags: readonly string[]) {
  const handlers = {
    listen: (_input: object, { signal }: { readonly signal: AbortSignal }) => ({
      topic: "ships",
      words: words(signal),
    }),
  };
  const service = await startLocalService({ service: WireModel, handlers, onError: () => undefined });
  const client = new Client({ name: "test", version: "1.0.0" });
  onTestFinished(async () => {
    await client.close();
    await service.close();
  });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(wire.folder, "dist/mcp/command.js"), "--endpoint", service.endpoint, "--allow", "Listen", ...flags],
      env: {
        PATH: process.env["PATH"] ?? "",
        AWS_REGION: "us-east-1",
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
      },
    }),
  );
  const listen = async () => {
    const { content, isError } = await client.callTool({ name: "Listen", arguments: { room: "quay" } });
    const [json = "", ...notes] = (content as { readonly text: string }[]).map(({ text }) => text);
    return { json, notes, isError: isError === true };
  };
  return { client, listen };
}

const wordsOf = (json: string): readonly object[] => (JSON.parse(json) as { readonly words: readonly object[] }).words;

async function* few(): AsyncGenerator<object> {
  yield await Promise.resolve({ text: { language: "EN", text: "Ahoy", at: new Date(0) } });
  yield { sound: { bytes: new Uint8Array([1, 2, 3]) } };
  yield { mark: { long: 42, last: true } };
}

/** Sends one event a millisecond, until the client goes away. */
async function* endless(signal: AbortSignal, ended: () => void = () => undefined): AsyncGenerator<object> {
  try {
    for (let number = 0; !signal.aborted; number++) {
      yield { text: { text: `word ${number}` } };
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  } finally {
    ended();
  }
}

async function* silent(signal: AbortSignal): AsyncGenerator<object> {
  yield { text: { text: "one" } };
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}

async function* broken(): AsyncGenerator<object> {
  yield await Promise.resolve({ text: { text: "one" } });
  yield { busy: { message: "The line is busy", seconds: 3 } };
}

describe("an operation with events as a tool", () => {
  it("is built by the package's own settings", () => {
    expect(built.stdout).toBe("");
  });

  it("is listed with its limits; operations that send events are not", async () => {
    const { client } = await connect({ words: few }, "--max-events", "7");
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["Listen", "continue_output"]);
    expect(tools[0]?.description).toBe(
      "Receives events.\n\nCollects the events of its output: 7 at most, for 30 s at most.",
    );
  });

  it("returns all events of a stream that ends, in their JSON form, beside the other members", async () => {
    const { listen } = await connect({ words: few });
    const { json, notes, isError } = await listen();
    expect(JSON.parse(json)).toEqual({
      topic: "ships",
      words: [
        { text: { language: "EN", text: "Ahoy", at: "1970-01-01T00:00:00Z" } },
        { sound: { bytes: "AQID" } },
        { mark: { long: 42, last: true } },
      ],
    });
    expect([notes, isError]).toEqual([["3 events. The stream has ended."], false]);
  });

  it("closes a stream after as many events as are allowed", async () => {
    let ended = (): void => undefined;
    const end = new Promise<void>((resolve) => (ended = resolve));
    const { listen } = await connect({ words: (signal) => endless(signal, ended) }, "--max-events=5");
    const { json, notes } = await listen();
    expect(wordsOf(json)).toEqual([0, 1, 2, 3, 4].map((number) => ({ text: { text: `word ${number}` } })));
    expect(notes).toEqual(["5 events. The stream continues; it was closed, because 5 events are the limit."]);
    await end;
  });

  it("closes a stream once the budget is used up, and the cut event can be read on", async () => {
    const { client, listen } = await connect({ words: endless }, "--budget", "150");
    const { json, notes } = await listen();
    expect(json.length).toBe(150);
    expect(notes[0]).toMatch(
      /^\d events\. The stream continues; it was closed, because the budget of 150 characters is used up\.$/,
    );
    const cursor = /cursor (\S+)\.$/.exec(notes[1] ?? "")?.[1];
    const { content } = await client.callTool({ name: "continue_output", arguments: { cursor } });
    const [rest] = content as { readonly text: string }[];
    expect(wordsOf(json + (rest?.text ?? "")).length).toBe(Number.parseInt(notes[0] ?? "", 10));
  });

  it("closes a stream that is silent for longer than is allowed", async () => {
    const { listen } = await connect({ words: silent }, "--max-seconds", "1");
    const { json, notes, isError } = await listen();
    expect([wordsOf(json), isError]).toEqual([[{ text: { text: "one" } }], false]);
    expect(notes).toEqual(["1 event. The stream continues; it was closed, because 1 s have passed."]);
  });

  it("returns the events before an error, with the error", async () => {
    const { listen } = await connect({ words: broken });
    const { json, notes, isError } = await listen();
    expect([wordsOf(json), isError]).toEqual([[{ text: { text: "one" } }], true]);
    expect(notes).toEqual(["1 event. The stream ended with an error: BusyError: The line is busy."]);
  });
});
