import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { serviceModel } from "clientsmith";
import { beforeAll, describe, expect, it } from "vitest";
import { type DynamicService, Service } from "#runtime/classic/index.js";
import type { ServiceConstructor } from "#runtime/classic/types.js";
import { root } from "../../../support/shared.js";
import { json, options, serve } from "./support.js";

let Depot: ServiceConstructor<DynamicService>;
beforeAll(async () => {
  const model = readFileSync(join(root, "test/fixtures/streams/model.json"), "utf8");
  Depot = Service.defineService<DynamicService>(await serviceModel(model));
});

async function depot(...[given]: Parameters<typeof serve>) {
  const { endpoint, hits } = await serve(given);
  return { service: new Depot({ ...options, endpoint, maxRetries: 0 }), hits };
}

describe("a streamed body of the older generation", () => {
  it.each<[string, () => unknown]>([
    ["text", () => "text"],
    ["a Buffer", () => Buffer.from("text")],
    ["a typed array", () => new Uint16Array(Uint8Array.from(Buffer.from("text")).buffer)],
    ["a stream of Node", () => Readable.from(["te", "xt"])],
    ["a Blob", () => new Blob(["text"])],
    ["a stream of the web", () => new Blob(["text"]).stream()],
  ])("is sent as a whole, signed with its hash: %s", async (_name, Body) => {
    const { service, hits } = await depot(json(200, {}));
    await service.makeRequest("put", { Key: "a", Body: Body() }).promise();
    expect(hits[0]?.body).toBe("text");
    expect(hits[0]?.request.headers["x-amz-content-sha256"]).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is not covered by the signature where the model states it", async () => {
    const { service, hits } = await depot(json(200, {}));
    await service.makeRequest("putMeasured", { Key: "a", Body: "text" }).promise();
    expect(hits[0]?.request.headers["x-amz-content-sha256"]).toBe("UNSIGNED-PAYLOAD");
  });

  it("is gathered in the data, be it empty", async () => {
    const { service } = await depot((response, _hit, number) => response.end(number === 1 ? "text" : ""));
    expect(await service.makeRequest("get", { Key: "a" }).promise()).toMatchObject({ Body: Buffer.from("text") });
    expect(await service.makeRequest("get", { Key: "a" }).promise()).toMatchObject({ Body: Buffer.alloc(0) });
  });

  it("comes as it is sent where the request is read as a stream", async () => {
    let sendMore: (() => void) | undefined;
    const { service } = await depot((response) => {
      response.writeHead(200).write("one ");
      sendMore = () => response.end("two");
    });
    const stream = service.makeRequest("get", { Key: "a" }).createReadStream();
    const parts: string[] = [];
    for await (const part of stream) {
      parts.push(String(part));
      sendMore?.();
    }
    expect(parts).toEqual(["one ", "two"]);
  });

  it("fails the stream where it breaks off, is aborted or is an error", async () => {
    const { service } = await depot((response, hit) => {
      if (hit.request.url === "/gone") return json(404, { __type: "NotThere", message: "no" })(response, hit, 1);
      response.writeHead(200).write("some");
      if (hit.request.url === "/broken") setTimeout(() => response.destroy(), 10);
    });
    const read = (Key: string) => {
      const request = service.makeRequest("get", { Key });
      return { request, content: request.createReadStream().toArray() };
    };
    await expect(read("broken").content).rejects.toMatchObject({ code: expect.stringMatching(/Error$/) as string });
    await expect(read("gone").content).rejects.toMatchObject({ code: "NotThere", message: "no", statusCode: 404 });
    const aborted = read("slow");
    await Promise.all([
      expect(aborted.content).rejects.toMatchObject({ code: "RequestAbortedError" }),
      sleep(50).then(() => aborted.request.abort()),
    ]);
  });

  it("is given up when its reader stops", async () => {
    let onClose: (() => void) | undefined;
    const isClosed = new Promise<void>((resolve) => (onClose = resolve));
    const { service } = await depot((response) => {
      response.on("close", () => onClose?.());
      response.writeHead(200).write("some");
    });
    for await (const part of service.makeRequest("get", { Key: "a" }).createReadStream()) {
      expect(String(part)).toBe("some");
      break;
    }
    await isClosed;
  });
});
