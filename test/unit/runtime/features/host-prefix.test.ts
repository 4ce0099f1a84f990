import { describe, expect, it } from "vitest";
import { ValidationError } from "#runtime/errors/index.js";
import { hostPrefix } from "#runtime/features/host-prefix.js";
import { redactedOrigin } from "#runtime/retry/state.js";
import type { HttpRequest } from "#runtime/schema/http.js";
import type { Operation } from "#runtime/schema/service.js";
import { callOf, contextOf, putThing } from "./support.js";

const operation: Operation = {
  ...putThing,
  input: {
    type: "structure",
    name: "PutThingRequest",
    members: { Account: { type: "string" }, Secret: { type: "string", sensitive: true } },
  },
};

async function addressed(template: string, input: object, endpoint = "https://demo.test:8443") {
  const call = callOf(operation, { endpoint });
  const { request } = await contextOf(call, {});
  const sent = hostPrefix(template).address?.(request, input, call, await call.client.config()) as HttpRequest;
  return { sent, call };
}

describe("host-prefix", () => {
  it("comes before the endpoint's host, its labels filled from the input", async () => {
    const { sent } = await addressed("{Account}.data-", { Account: "1234" });
    expect(sent).toMatchObject({
      origin: "https://1234.data-demo.test:8443",
      headers: { host: "1234.data-demo.test:8443" },
    });
  });

  it("is left out at localhost and at addresses, which have no such hosts", async () => {
    for (const endpoint of ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"]) {
      expect((await addressed("data.", {}, endpoint)).sent.origin).toBe(endpoint);
    }
  });

  it.each([undefined, "", "a.b", "evil.example/", "-a", "a".repeat(64), 5])(
    "rejects %j as a label: the request could go elsewhere",
    async (Account) => {
      await expect(addressed("{Account}.", { Account })).rejects.toBeInstanceOf(ValidationError);
      await expect(addressed("{Account}.", { Account })).rejects.toMatchObject({
        issues: [{ path: ["Account"], rule: "pattern" }],
      });
    },
  );

  it("hides sensitive labels from messages, and no others", async () => {
    const { sent, call } = await addressed("{Secret}.{Account}.", { Account: "open", Secret: "s3cret" });
    expect(sent.origin).toBe("https://s3cret.open.demo.test:8443");
    expect(redactedOrigin(call.state, sent.origin)).toBe("https://***.open.demo.test:8443");
    const open = await addressed("{Account}.", { Account: "open" });
    expect(redactedOrigin(open.call.state, open.sent.origin)).toBe(open.sent.origin);
  });
});
