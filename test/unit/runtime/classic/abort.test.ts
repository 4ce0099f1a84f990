import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { books, eventsOf, json, outcome } from "./support.js";

const aborted = { code: "RequestAbortedError", message: "Request aborted by user", retryable: false };

describe("a request that is aborted", () => {
  it("before it is sent never is", async () => {
    const { service, hits } = await books(json(200, {}));
    const request = service.listBooks();
    const seen = eventsOf(request.abort());
    const { err, data } = await outcome(request);
    expect(err).toMatchObject(aborted);
    expect(data).toBeNull();
    expect(seen).toEqual(["error", "complete"]);
    await expect(service.listBooks().abort().promise()).rejects.toMatchObject(aborted);
    await sleep(20);
    expect(hits).toHaveLength(0);
  });

  it.each(["validate", "build", "afterBuild", "sign"] as const)("in %s is not sent", async (state) => {
    const { service, hits } = await books(json(200, {}));
    const request = service.listBooks();
    const seen = eventsOf(request);
    request.on(state, () => {
      request.abort();
    });
    expect((await outcome(request)).err).toMatchObject(aborted);
    expect(seen.slice(-3)).toEqual([state, "error", "complete"]);
    expect(hits).toHaveLength(0);
  });

  it("while it waits for credentials ends at once", async () => {
    const { service, hits } = await books(json(200, {}));
    service.config.getCredentials = () => {};
    const request = service.listBooks();
    const ended = outcome(request);
    await sleep(10);
    request.abort();
    expect((await ended).err).toMatchObject(aborted);
    expect(hits).toHaveLength(0);
  });

  it("in flight ends at once and is not retried", async () => {
    const { service, hits } = await books(() => {});
    const request = service.listBooks();
    const seen = eventsOf(request);
    const ended = outcome(request);
    while (hits.length === 0) await sleep(5);
    request.abort();
    expect((await ended).err).toMatchObject(aborted);
    expect(seen.slice(5)).toEqual(["httpError", "send", "retry", "afterRetry", "error", "complete"]);
    await sleep(20);
    expect(hits).toHaveLength(1);
  });

  it("while the body is read ends at once", async () => {
    const { service } = await books((response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{");
    });
    const request = service.listBooks();
    const ended = outcome(request);
    await sleep(40);
    request.abort();
    expect((await ended).err).toMatchObject(aborted);
  });

  it("in the pause before a retry is not retried", async () => {
    const { service, hits } = await books(json(500, {}), { retryDelayOptions: { customBackoff: () => 10_000 } });
    const request = service.listBooks();
    const ended = outcome(request);
    request.on("afterRetry", () => {}, true);
    while (hits.length === 0) await sleep(5);
    await sleep(20);
    request.abort();
    expect((await ended).err).toMatchObject(aborted);
    expect(hits).toHaveLength(1);
  });

  it("once its response is there fails all the same", async () => {
    const { service } = await books(json(200, {}));
    const request = service.listBooks();
    request.on("httpDone", () => {
      request.abort();
    });
    expect(await outcome(request)).toMatchObject({ err: aborted, data: null });
  });

  it("once it is complete stays as it is", async () => {
    const { service } = await books(json(200, {}));
    const request = service.listBooks();
    const data = await request.promise();
    request.abort();
    expect(await request.promise()).toBe(data);
  });

  it("ends its stream", async () => {
    const { service } = await books(() => {});
    const request = service.listBooks();
    const read = request.createReadStream().toArray();
    setTimeout(() => request.abort(), 20);
    await expect(read).rejects.toMatchObject(aborted);
  });
});
