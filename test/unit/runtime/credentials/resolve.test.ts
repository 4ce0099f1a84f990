import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createCredentialSource } from "#runtime/credentials/resolve.js";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "#runtime/config/identity.js";
import { AbortedError, CredentialsError } from "#runtime/errors/index.js";
import type { Service } from "#runtime/schema/service.js";
import { Client } from "#runtime/client/client.js";
import { contextOf } from "./support.js";

const minute = 60_000;
let time = Date.parse("2026-01-01T00:00:00Z");
const now = () => time;
const source = (input: AwsCredentialIdentity | AwsCredentialIdentityProvider) =>
  createCredentialSource(input, contextOf({ env: {}, homeDirectory: "/nowhere" }, { now }));

/** Credentials numbered in the order of being given, that last `life` milliseconds from now on. */
function numbered(number: number, life?: number): AwsCredentialIdentity {
  const expiration = life === undefined ? {} : { expiration: new Date(time + life) };
  return { accessKeyId: `AKID${number}`, secretAccessKey: `secret${number}`, ...expiration };
}

/** A provider whose responses the test gives by hand. */
function manualProvider() {
  const calls: {
    argument: unknown;
    resolve: (response: AwsCredentialIdentity) => void;
    reject: (error: unknown) => void;
  }[] = [];
  const provider: AwsCredentialIdentityProvider = (argument) =>
    new Promise((resolve, reject) => calls.push({ argument, resolve, reject }));
  return { calls, provider };
}

/** Lets what was resolved or rejected by hand take its course. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("credentials that have expired on arrival", () => {
  test.for([0, -1, -60 * minute])("are rejected with their time: %d ms", async (life) => {
    const provider = vi.fn<AwsCredentialIdentityProvider>(() => Promise.resolve(numbered(1, life)));
    const given = source(provider);
    const failure = given.get();
    await expect(failure).rejects.toBeInstanceOf(CredentialsError);
    await expect(failure).rejects.toThrow(
      `The client's credentials function returned credentials that expired at ${new Date(time + life).toISOString()}, and it is now ${new Date(time).toISOString()}`,
    );
    await expect(given.get()).rejects.toThrow("expired at");
    expect(provider).toHaveBeenCalledTimes(2);
  });

  test("do not replace those that are still valid", async () => {
    let scripted = numbered(1, 3 * minute);
    const given = source(() => Promise.resolve(scripted));
    expect(await given.get()).toBe(scripted);
    const first = scripted;
    scripted = numbered(2, -minute);
    await expect(given.get({ forceRefresh: true })).rejects.toThrow("expired at");
    expect(given.get()).toBe(first);
  });
});

describe("static credentials", () => {
  test("are used as they are, at once, also when a refresh is wanted", () => {
    const credentials = numbered(1, -minute);
    const fixed = source(credentials);
    expect(fixed.get()).toBe(credentials);
    expect(fixed.get({ forceRefresh: true })).toBe(credentials);
  });

  test.for([
    [{ accessKeyId: "A" }, "credentials must have secretAccessKey as text; it has accessKeyId"],
    [{ secretAccessKey: "hush" }, "must have accessKeyId as text; it has secretAccessKey"],
    [{ accessKeyId: "", secretAccessKey: "hush" }, "must have accessKeyId"],
    [{}, "must have accessKeyId and secretAccessKey as text; it has nothing"],
    [null, "but is null"],
    ["AKID:hush", "but is a string"],
    [{ accessKeyId: "A", secretAccessKey: "hush", expiration: "tomorrow" }, "expiration as a valid Date"],
    [{ accessKeyId: "A", secretAccessKey: "hush", expiration: new Date(Number.NaN) }, "expiration as a valid Date"],
    [{ accessKeyId: "hush\n", secretAccessKey: "hush" }, "accessKeyId contains a line break or another character"],
    [{ accessKeyId: "A", secretAccessKey: "hush", sessionToken: "hush\r\nx: y" }, "sessionToken contains a line break"],
    [{ accessKeyId: "A", secretAccessKey: "hush", sessionToken: "hüsh" }, "sessionToken contains a line break"],
    [{ accessKeyId: "A", secretAccessKey: "hush\n" }, "secretAccessKey contains a line break"],
    [{ accessKeyId: "A", secretAccessKey: "hush", sessionToken: 5 }, "sessionToken as text or not at all"],
  ] as const)("%j is rejected", ([input, message]) => {
    const create = () => new Client({} as Service, { credentials: input as unknown as AwsCredentialIdentity });
    expect(create).toThrow(CredentialsError);
    expect(create).toThrow(message);
    expect(create).not.toThrow(/h[uü]sh/);
  });

  test("may have a secret of any letters, and a token that is not there", () => {
    const credentials = { accessKeyId: "A", secretAccessKey: "mot de passé", sessionToken: undefined };
    expect(source(credentials as unknown as AwsCredentialIdentity).get()).toBe(credentials);
  });
});

describe("a function", () => {
  test("is called at first use, and its response kept while it has no end", async () => {
    const response = numbered(1);
    const provider = vi.fn<AwsCredentialIdentityProvider>(() => Promise.resolve(response));
    const dynamic = source(provider);
    expect(provider).not.toHaveBeenCalled();
    expect(await dynamic.get()).toBe(response);
    expect(dynamic.get()).toBe(response);
    expect(provider).toHaveBeenCalledOnce();
    expect(provider).toHaveBeenCalledWith({});
  });

  test("is called once for all that ask at the same time", async () => {
    const { calls, provider } = manualProvider();
    const dynamic = source(provider);
    const asked = Array.from({ length: 20 }, () => dynamic.get());
    expect(calls).toHaveLength(1);
    calls[0]?.resolve(numbered(1));
    expect(new Set((await Promise.all(asked)).map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(["AKID1"]));
  });

  test("is called again when a refresh is forced, with the word that providers know", async () => {
    const { calls, provider } = manualProvider();
    const dynamic = source(provider);
    const first = dynamic.get();
    calls[0]?.resolve(numbered(1));
    await first;
    const forced = [dynamic.get({ forceRefresh: true }), dynamic.get({ forceRefresh: true })];
    expect(calls).toHaveLength(2);
    expect(calls[1]?.argument).toEqual({ forceRefresh: true });
    expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID1" });
    calls[1]?.resolve(numbered(2));
    expect(await Promise.all(forced)).toMatchObject([{ accessKeyId: "AKID2" }, { accessKeyId: "AKID2" }]);
    expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID2" });
  });

  test("that fails causes a CredentialsError with its error as cause, and is called again", async () => {
    const cause = new TypeError('Unexpected token in "hush"');
    const provider = vi.fn<AwsCredentialIdentityProvider>(() => Promise.reject(cause));
    const dynamic = source(provider);
    const failure = Promise.resolve(dynamic.get());
    await expect(failure).rejects.toBeInstanceOf(CredentialsError);
    await expect(failure).rejects.toMatchObject({
      cause,
      message: expect.stringContaining("failed with TypeError") as string,
    });
    await expect(failure).rejects.not.toThrow("hush");
    provider.mockResolvedValueOnce(numbered(1));
    expect(await dynamic.get()).toMatchObject({ accessKeyId: "AKID1" });
  });

  test("that throws instead of rejecting does the same", async () => {
    const dynamic = source(() => {
      throw new Error("broken");
    });
    await expect(dynamic.get()).rejects.toBeInstanceOf(CredentialsError);
  });

  test("that returns something else is rejected with what it returned", async () => {
    const dynamic = source(() => Promise.resolve({ AccessKeyId: "A", SecretAccessKey: "hush" } as never));
    await expect(dynamic.get()).rejects.toThrow(
      "The result of the client's credentials function must have accessKeyId and secretAccessKey as text; " +
        "it has AccessKeyId, SecretAccessKey",
    );
    await expect(source(() => Promise.resolve(undefined as never)).get()).rejects.toThrow("but is undefined");
  });

  test("a waiting call ends with its signal, and the fetch continues for the others", async () => {
    const { calls, provider } = manualProvider();
    const dynamic = source(provider);
    const controller = new AbortController();
    const impatient = Promise.resolve(dynamic.get({ signal: controller.signal }));
    const patient = dynamic.get();
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(impatient).rejects.toBeInstanceOf(AbortedError);
    await expect(impatient).rejects.toMatchObject({ cause: reason });
    calls[0]?.resolve(numbered(1));
    expect(await patient).toMatchObject({ accessKeyId: "AKID1" });
  });

  test("is not called for a call that is aborted already", () => {
    const { calls, provider } = manualProvider();
    expect(() => source(provider).get({ signal: AbortSignal.abort() })).toThrow(AbortedError);
    expect(calls).toHaveLength(0);
  });
});

describe("credentials that expire", () => {
  const start = time;
  let provider: ReturnType<typeof manualProvider>;
  let dynamic: ReturnType<typeof source>;

  beforeEach(async () => {
    provider = manualProvider();
    dynamic = source(provider.provider);
    const first = dynamic.get();
    provider.calls[0]?.resolve(numbered(1, 60 * minute));
    await first;
  });
  afterEach(() => {
    time = start;
  });

  test("are kept until six minutes before", () => {
    time = start + 54 * minute - 1;
    expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID1" });
    expect(provider.calls).toHaveLength(1);
  });

  test("are renewed in the background then, once, while they still serve", async () => {
    time = start + 55 * minute;
    for (let call = 0; call < 10; call++) expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID1" });
    expect(provider.calls).toHaveLength(2);
    provider.calls[1]?.resolve(numbered(2, 60 * minute));
    await settled();
    expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID2" });
    time += 54 * minute;
    expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID2" });
    expect(provider.calls).toHaveLength(2);
  });

  test("are kept when renewing fails, and retried after a pause, not at every call", async () => {
    time = start + 56 * minute;
    expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID1" });
    provider.calls[1]?.reject(new Error("no"));
    await settled();
    time += 9_999;
    expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID1" });
    expect(provider.calls).toHaveLength(2);
    time += 1;
    expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID1" });
    expect(provider.calls).toHaveLength(3);
  });

  test("are waited for once they have expired, by all calls together", async () => {
    time = start + 60 * minute;
    const asked = [dynamic.get(), dynamic.get()];
    expect(asked[0]).toBeInstanceOf(Promise);
    expect(provider.calls).toHaveLength(2);
    provider.calls[1]?.resolve(numbered(2, 60 * minute));
    expect(await Promise.all(asked)).toMatchObject([{ accessKeyId: "AKID2" }, { accessKeyId: "AKID2" }]);
  });

  test("are an error once they have expired and cannot be renewed", async () => {
    time = start + 61 * minute;
    const cause = new Error("revoked");
    const asked = Promise.resolve(dynamic.get());
    provider.calls[1]?.reject(cause);
    await expect(asked).rejects.toBeInstanceOf(CredentialsError);
    await expect(asked).rejects.toMatchObject({ cause });
  });

  test("survive a forced refresh that fails", async () => {
    const forced = Promise.resolve(dynamic.get({ forceRefresh: true }));
    provider.calls[1]?.reject(new Error("no"));
    await expect(forced).rejects.toBeInstanceOf(CredentialsError);
    expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID1" });
  });

  test("that expire too soon are not renewed at every call", async () => {
    time = start + 60 * minute;
    const asked = dynamic.get();
    provider.calls[1]?.resolve(numbered(2, 2 * minute));
    await asked;
    for (let call = 0; call < 10; call++) expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID2" });
    expect(provider.calls).toHaveLength(2);
  });
});

describe("a function that hangs", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is given up after a minute, with an error that reports it, and is asked again by the next call", async () => {
    const { calls, provider } = manualProvider();
    const dynamic = source(provider);
    const failures = [1, 2].map(() => Promise.resolve(dynamic.get()).catch((error: unknown) => error));
    await vi.advanceTimersByTimeAsync(60_000);
    for (const failure of failures) {
      expect(await failure).toMatchObject({
        code: "Credentials",
        message: "The client's credentials function did not return within 60000 ms",
      });
    }
    const next = dynamic.get();
    expect(calls).toHaveLength(2);
    calls[0]?.resolve(numbered(1));
    calls[1]?.resolve(numbered(2));
    expect(await next).toMatchObject({ accessKeyId: "AKID2" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("in the background is given up as well", async () => {
    const { calls, provider } = manualProvider();
    const dynamic = source(provider);
    const first = dynamic.get();
    calls[0]?.resolve(numbered(1, 60 * minute));
    await first;
    const started = time;
    time += 56 * minute;
    expect(dynamic.get()).toMatchObject({ accessKeyId: "AKID1" });
    await vi.advanceTimersByTimeAsync(60_000);
    time = started + 61 * minute;
    const next = dynamic.get();
    expect(calls).toHaveLength(3);
    calls[2]?.resolve(numbered(3));
    expect(await next).toMatchObject({ accessKeyId: "AKID3" });
    time = started;
  });
});
