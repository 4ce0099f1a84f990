import { afterEach, describe, expect, it, vi } from "vitest";
import { bearer } from "#runtime/auth/bearer.js";
import type { TokenOptions } from "#runtime/config/identity.js";
import type { ClientOptions } from "#runtime/config/options.js";
import type { CallContext } from "#runtime/features/context.js";
import { callOf, contextOf, putThing, service } from "../features/support.js";

afterEach(() => vi.unstubAllEnvs());

const of = { ...service, authSchemes: [bearer()], authOptions: ["token"] };
const variable = "AWS_BEARER_TOKEN_DEMO";

const contextWith = (options: ClientOptions & TokenOptions = {}): Promise<CallContext> =>
  contextOf(callOf(putThing, options, of));

describe("bearer", () => {
  it("has its identity from the option token, else from the environment, else none", async () => {
    const identity = async (options?: TokenOptions) => bearer().identity((await contextWith(options)).client);
    expect(await identity()).toBe("none");
    expect(await identity({ token: { token: "t" } })).toBe("option");
    vi.stubEnv(variable, "from-environment");
    expect(await identity()).toBe("environment");
    expect(await identity({ token: { token: "t" } })).toBe("option");
  });

  it("sends the token and the number of the attempt", async () => {
    const context = await contextWith({ token: () => Promise.resolve({ token: "t" }) });
    context.state.attempts = 2;
    const request = await bearer().sign(context);
    expect(request.headers).toMatchObject({ authorization: "Bearer t", "amz-sdk-request": "attempt=2; max=3" });
    expect(bearer().redact?.(request).headers).toMatchObject({ authorization: "Bearer ***" });
    expect(bearer().describe(context)).toBe("no: a bearer token was sent");
  });

  it("fails without a token, and states how to set one", async () => {
    await expect(bearer().sign(await contextWith())).rejects.toMatchObject({
      code: "Credentials",
      message: expect.stringMatching(/^PutThing .*token.*AWS_BEARER_TOKEN_DEMO/) as unknown,
    });
  });

  it("sends no token over plain http to another machine", async () => {
    const token = { token: "t" };
    const failure = contextWith({ token, endpoint: "http://demo.test" }).then((context) => bearer().sign(context));
    await expect(failure).rejects.toMatchObject({ code: "Configuration" });
    const local = await contextWith({ token, endpoint: "http://127.0.0.1:8000" });
    expect((await bearer().sign(local)).headers["authorization"]).toBe("Bearer t");
  });
});
