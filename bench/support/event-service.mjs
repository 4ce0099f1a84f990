// Sends the events of a scenario, in its own process: all at once, or one for each that it receives. Sends its address to
// its parent and ends with it.
import { createServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { eventScenarios } from "./event-scenarios.mjs";

const scenario = eventScenarios[process.argv[2] ?? ""];
if (!scenario) throw new Error("no such scenario");
const { event, events, headers, version } = scenario;
const codec = new EventStreamCodec(
  (bytes) => Buffer.from(/** @type {Uint8Array} */ (bytes)).toString(),
  (text) => Buffer.from(text),
);
const string = (/** @type {string} */ value) => ({ type: /** @type {const} */ ("string"), value });
const message = Buffer.from(
  codec.encode({
    headers: {
      ":message-type": string("event"),
      ":event-type": string(event.type),
      ":content-type": string(event.contentType),
    },
    body: Buffer.from(event.body),
  }),
);
const end =
  event.type === "PayloadChunk"
    ? codec.encode({
        headers: { ":message-type": string("event"), ":event-type": string("InvokeComplete") },
        body: Buffer.from("{}"),
      })
    : undefined;
/** Messages that are written at once. */
const together = 50;
const many = Buffer.concat(Array.from({ length: together }, () => message));

/** @type {(request: import("node:stream").Readable, response: import("node:http").ServerResponse) => Promise<void>} */
const respond = async (request, response) => {
  response.writeHead(200, { ...headers, "content-type": "application/vnd.amazon.eventstream" });
  if (version === 2) {
    response.flushHeaders();
    for await (const count of countMessages(request)) {
      if (count > 0 && !response.write(Buffer.concat(Array.from({ length: count }, () => message)))) {
        await new Promise((resolve) => response.once("drain", resolve));
      }
    }
  } else {
    request.resume();
    for (let sent = 0; sent < events; sent += together) {
      if (!response.write(many)) await new Promise((resolve) => response.once("drain", resolve));
    }
  }
  response.end(end);
};

/**
 * The number of messages that each chunk completes, without the empty one at the end.
 *
 * @param {AsyncIterable<Buffer>} request
 */
async function* countMessages(request) {
  /** @type {Buffer} */
  let rest = Buffer.alloc(0);
  for await (const chunk of request) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let count = 0;
    while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) {
      const length = rest.readUInt32BE(0);
      if (length > 1_000) count++;
      rest = rest.subarray(length);
    }
    yield count;
  }
}

/** @type {(...given: Parameters<typeof respond>) => void} */
const handle = (request, response) => void respond(request, response).catch(() => response.destroy());
const server = version === 2 ? createHttp2Server(/** @type {never} */ (handle)) : createServer(handle);
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") process.send?.(`http://127.0.0.1:${address.port}`);
});
process.on("disconnect", () => process.exit());
