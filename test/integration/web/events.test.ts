import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { codec, event, eventStreamType, messagesOf, startEventServer } from "../../support/event-server.js";
import { bundle } from "./support/bundle.js";
import { webGlobals } from "./support/globals.js";

const program = `
  import { Client, invoke } from "@clientsmith/runtime/codegen/v1";
  import { sigv4 } from "@clientsmith/runtime/auth/sigv4";
  import { eventStreamInput } from "@clientsmith/runtime/features/event-stream-input";
  import { eventStreamOutput } from "@clientsmith/runtime/features/event-stream-output";
  import { serverSentEvents } from "@clientsmith/runtime/event-streams/server-sent-events";
  import { restJson1 } from "@clientsmith/runtime/protocols/restJson";

  const service = {
    name: "Wire", sdkId: "Wire", shapeName: "Wire", version: "1", signingName: "wire", authSchemes: [sigv4()],
    protocol: restJson1, resolveEndpoint: ({ Endpoint }) => ({ url: Endpoint }), endpointBuiltIns: { Endpoint: "SDK::Endpoint" },
  };
  const text = { type: "structure", name: "Text", members: { text: { type: "string" } } };
  const events = { type: "union", name: "Words", members: { text: { target: text } } };
  const words = { type: "structure", name: "W", members: { words: { type: "eventStream", events, streaming: true, httpPayload: true } } };
  const unit = { type: "structure", name: "Unit", members: {} };
  const http = { method: "POST", uri: "/", code: 200 };
  const listen = { name: "Listen", input: unit, output: words, http, features: [eventStreamOutput({ member: "words" })] };
  const tell = { name: "Tell", input: words, output: unit, http, features: [eventStreamInput({ member: "words" })] };

  export async function run(endpoint, given) {
    const credentials = { accessKeyId: "AKID", secretAccessKey: "secret" };
    const client = new Client(service, { region: "us-east-1", endpoint, credentials, maxAttempts: 1 });
    const heard = [];
    for await (const event of (await invoke(client, listen, {})).words) heard.push(event.text.text);
    const sent = await new Response(serverSentEvents((await invoke(client, listen, {})).words)).text();
    const { $metadata } = await invoke(client, tell, { words: given });
    return JSON.stringify({ heard, sent, status: $metadata.status });
  }`;

describe("event streams in a bundle for browsers, over fetch", () => {
  it("come and go where there is no Node", async () => {
    const reported: string[] = [];
    await using server = await startEventServer(async (request, response) => {
      const isReported = request.headers["content-type"] === eventStreamType;
      for await (const { body } of isReported ? messagesOf(request) : []) {
        reported.push(body.byteLength > 0 ? Buffer.from(codec.decode(body).body).toString() : "the end");
      }
      response.writeHead(200, { "content-type": isReported ? "application/json" : eventStreamType });
      if (!isReported) response.write(event("text", '{"text":"hi"}'));
      response.end(isReported ? "{}" : event("text", '{"text":"ho"}'));
    });
    const code = await bundle(program);
    expect(code.match(/(from|import|require)\s*\(?\s*["'](node:|undici)[^"']*/g)).toBeNull();
    const context = createContext({ ...webGlobals });
    runInContext(code, context);
    const run = runInContext("program.run", context) as (endpoint: string, words: unknown) => Promise<string>;
    async function* words() {
      yield { text: { text: "one" } };
      yield await Promise.resolve({ text: { text: "two" } });
    }
    expect(JSON.parse(await run(server.endpoint, words()))).toEqual({
      heard: ["hi", "ho"],
      sent: 'event: text\ndata: {"text":"hi"}\n\nevent: text\ndata: {"text":"ho"}\n\n',
      status: 200,
    });
    expect(reported).toEqual(['{"text":"one"}', '{"text":"two"}', "the end"]);
    expect(server.failures).toEqual([]);
  });
});
