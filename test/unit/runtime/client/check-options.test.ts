import { describe, expect, it } from "vitest";
import { Client } from "#runtime/client/client.js";
import type { CallOptions } from "#runtime/config/options.js";
import { ConfigurationError } from "#runtime/errors/index.js";
import { invoke } from "#runtime/call/invoke.js";
import type { Operation } from "#runtime/schema/service.js";
import { advice, rejectionOf, service } from "./support/rejected-options.js";

const empty = { type: "structure", name: "Empty", members: {} } as const;
const operation: Operation = { name: "Ask", input: empty, output: empty };

async function callRejectionOf(options: unknown): Promise<unknown> {
  const client = new Client(service, {});
  return invoke(client, operation, {}, options as CallOptions).catch((error: unknown) => error);
}

describe("names of other clients", () => {
  it.each(Object.entries(advice))("%s", (name, wanted) => {
    expect(rejectionOf({ [name]: 1 })).toBeInstanceOf(TypeError);
    expect(String(rejectionOf({ [name]: 1 }))).toMatch(wanted);
  });

  it("of a call: those of the client are called so", async () => {
    for (const name of ["region", "retryMode", "hooks"]) {
      expect(String(await callRejectionOf({ [name]: 1 }))).toContain(`"${name}"; it is an option of the client`);
    }
    expect(String(await callRejectionOf({ abortSignal: 1 }))).toContain("; use signal");
    expect(String(await callRejectionOf({ deadlin: 1 }))).toContain("; use deadline");
    expect(String(await callRejectionOf({ timeout: 1 }))).toContain(
      "; use headersTimeout and bodyTimeout, or deadline",
    );
  });
});

describe("values of options", () => {
  it.each([
    [{ validation: "false" }, /^validation must be true, false or an object, but is "false"$/],
    [{ validation: null }, /^validation must be .* but is null$/],
    [{ validation: { min: 1 } }, /^validation\.min must be true or false, but is 1$/],
    [{ hooks: 5 }, /^hooks must be an object, but is 5$/],
    [{ hooks: { onComplete: 5 } }, /^hooks\.onComplete must be a function, but is 5$/],
    [{ retryMode: "adaptve" }, /^retryMode must be standard or adaptive, but is "adaptve"$/],
    [{ useFipsEndpoint: "false" }, /^useFipsEndpoint must be true or false, but is "false"$/],
    [{ maxConnections: 0 }, /^maxConnections must be a whole number from 1, but is 0$/],
    [{ maxConnections: "x" }, /^maxConnections must be/],
    [{ maxResponseSize: Number.NaN }, /^maxResponseSize must be a number of bytes from 0, but is/],
    [{ maxResponseSize: -1 }, /^maxResponseSize must be/],
    [{ requestMinCompressionSizeBytes: -1 }, /^requestMinCompressionSizeBytes must be/],
    [{ systemClockOffset: Number.NaN }, /^systemClockOffset must be a number of milliseconds/],
    [{ systemClockOffset: 1e18 }, /^systemClockOffset must be/],
    [{ systemClockOffset: "5" }, /^systemClockOffset must be/],
    [{ connectTimeout: "5000" }, /^connectTimeout must be a number of milliseconds from 0, but is "5000"$/],
    [{ maxAttempts: "3" }, /^maxAttempts must be a whole number from 1, but is "3"$/],
    [{ logger: {} }, /^logger must be an object with the functions info and debug, but is another object$/],
    [{ transport: {} }, /^transport must be an object with the functions send and close/],
  ])("%j is rejected", (options, message) => {
    const error = rejectionOf(options);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toMatch(message);
  });

  it("invalid names within an option are rejected as well", () => {
    expect(rejectionOf({ validation: { mim: true } })).toBeInstanceOf(TypeError);
    expect(String(rejectionOf({ validation: { mim: true } }))).toContain('validation has no option "mim"; use min');
    expect(String(rejectionOf({ hooks: { onComplet: () => {} } }))).toContain(
      'hooks has no option "onComplet"; use onComplete',
    );
  });

  it("of a call: the options themselves and the signal too", async () => {
    expect(await callRejectionOf(null)).toMatchObject({
      name: "TypeError",
      message: "A call of Ask: options must be an object, but are null",
    });
    for (const signal of [5, {}, "x"]) {
      expect(await callRejectionOf({ signal })).toMatchObject({
        message: expect.stringMatching(/^signal must be an AbortSignal/) as string,
      });
    }
  });
});
