import { once } from "node:events";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { ValidationError } from "#runtime/errors/index.js";
import { streamedInput } from "#runtime/features/streamed-input.js";
import type { Member } from "#runtime/schema/shapes.js";
import type { Operation } from "#runtime/schema/service.js";
import { RequestStream } from "#runtime/streams/request-stream.js";
import { callOf, messageOf, putThing } from "./support.js";

const operationWith = (members: Readonly<Record<string, Member>>): Operation => ({
  ...putThing,
  input: { type: "structure", name: "PutThingRequest", members },
});
const body: Member = { type: "blob", streaming: true, httpPayload: true };
const put = operationWith({ Body: body });
const feature = streamedInput("Body");

const prepare = async (input: object, operation = put): Promise<{ readonly Body?: unknown }> =>
  (await feature.input?.(input, callOf(operation))) ?? expect.unreachable();

describe("streamed-input", () => {
  it("leaves text, bytes and a missing body as they are", async () => {
    for (const input of [{ Body: "text" }, { Body: new Uint8Array(2) }, {}, { Body: undefined }]) {
      expect(await prepare(input)).toBe(input);
    }
  });

  it("wraps a Blob, a file and a stream, with the length where it is known", async () => {
    const folder = mkdtempSync(join(tmpdir(), "streamed-input-"));
    writeFileSync(join(folder, "file"), "12345");
    const file = createReadStream(join(folder, "file"));
    // The stream opens the file later: without it, that would be an error that nobody handles.
    onTestFinished(async () => {
      const closed = once(file, "close");
      file.destroy();
      await closed;
      rmSync(folder, { recursive: true });
    });
    for (const [source, length] of [
      [new Blob(["123"]), 3],
      [file, 5],
      [Readable.from(["1"]), undefined],
    ] as const) {
      const { Body } = await prepare({ Body: source });
      expect(Body).toBeInstanceOf(RequestStream);
      expect((Body as RequestStream).length).toBe(length);
    }
  });

  it("takes the length from the member that is bound to content-length", async () => {
    const operation = operationWith({ Body: body, Size: { type: "long", httpHeader: "Content-Length" } });
    const { Body } = await prepare({ Body: Readable.from(["1"]), Size: 7n }, operation);
    expect((Body as RequestStream).length).toBe(7);
  });

  it("rejects a stream of unknown length where the service needs the length", async () => {
    const needing = operationWith({ Body: { ...body, requiresLength: true } });
    const failure = prepare({ Body: Readable.from(["1"]) }, needing);
    await expect(failure).rejects.toBeInstanceOf(ValidationError);
    await expect(failure).rejects.toThrow("openAsBlob");
    expect((await prepare({ Body: new Blob(["1"]) }, needing)).Body).toBeInstanceOf(RequestStream);
  });

  it("listens for errors of a Node stream from the start: they do not end the process before the call reads it", () => {
    const stream = new Readable({ read: () => {} });
    feature.begin?.({ Body: stream });
    expect(stream.listenerCount("error")).toBe(1);
    expect(() => feature.begin?.({ Body: "text" })).not.toThrow();
    expect(() => feature.begin?.(undefined as never)).not.toThrow();
  });

  it("reports to the retries which body is sent", async () => {
    const call = callOf(put);
    const stream = new RequestStream(Readable.from(["1"]));
    await feature.message?.(messageOf({ stream }), {}, call);
    expect(call.state.body).toBe(stream);
  });
});
