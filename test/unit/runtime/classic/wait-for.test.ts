import { describe, expect, it } from "vitest";
import { books, json } from "./support.js";

describe("waiting for a state", () => {
  it("asks until the state is there, and returns the last response", async () => {
    const { service, hits } = await books((response, hit, number) => {
      if (number === 1) json(400, { __type: "Unwritten" })(response, hit, number);
      else json(200, { Book: number === 2 ? {} : { Printed: 1 } })(response, hit, number);
    });
    const data = await service.waitFor("bookPrinted", { Title: "A" }).promise();
    expect(data).toEqual({ Book: { Printed: new Date(1000) } });
    expect(hits.map(({ body }) => body)).toEqual(Array.from({ length: 3 }, () => '{"Title":"A"}'));
  });

  it("gives up after the attempts that the model or the caller sets, counted as AWS SDK v2 does", async () => {
    const { service, hits } = await books(json(200, { Book: {} }));
    const failed = { code: "ResourceNotReady", message: "Resource is not in the state bookPrinted", retryable: true };
    await expect(service.waitFor("bookPrinted", { Title: "A" }).promise()).rejects.toMatchObject(failed);
    expect(hits).toHaveLength(4);
    const params = { Title: "A", $waiter: { delay: 0, maxAttempts: 1 } };
    const err = await new Promise((resolve) => service.waitFor("bookPrinted", params, (error) => resolve(error)));
    expect(err).toMatchObject(failed);
    expect(hits).toHaveLength(6);
    expect(hits[5]?.body).toBe('{"Title":"A"}');
  });

  it.each([
    ["that rules the state out", "Burnt"],
    ["that no acceptor names", "Other"],
  ])("ends at an error %s, which it keeps", async (_what, code) => {
    const { service, hits } = await books(json(400, { __type: code, message: "why" }));
    const wait = service.waitFor("bookPrinted", { Title: "A" }).promise();
    await expect(wait).rejects.toMatchObject({ code: "ResourceNotReady", name: code, retryable: false });
    await expect(wait).rejects.toMatchObject({ originalError: { code, message: "why" }, statusCode: 400 });
    expect(hits).toHaveLength(1);
  });

  it("is rejected for a state that the service does not know", async () => {
    const { service } = await books(json(200, {}));
    expect(() => service.waitFor("constructor" as never)).toThrow("State constructor not found.");
    expect(() => service.waitFor("bookLost" as never)).toThrow(
      expect.objectContaining({ code: "StateNotFoundError", message: "State bookLost not found." }) as Error,
    );
  });
});
