import { describe, expect, it } from "vitest";
import type { Client } from "../../../runtime/src/client.js";
import { AbortedError, ServiceError, WaiterError } from "../../../runtime/src/errors.js";
import { type Waiter, waitUntil } from "../../../runtime/src/wait.js";

interface Output {
  readonly state: string;
}

const waiter: Waiter<object, Output> = {
  name: "ready",
  minDelay: 0.001,
  maxDelay: 0.004,
  acceptors: [
    { state: "success", output: (output) => output.state === "ready" },
    { state: "failure", output: (output) => output.state === "broken" },
    { state: "retry", errorType: "NotFound" },
  ],
};

/** Answers one after the other, the last one again and again. */
function answering(...answers: (Output | Error)[]) {
  let calls = 0;
  const call = (): Promise<Output> => {
    const answer = answers[Math.min(calls++, answers.length - 1)] ?? { state: "?" };
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { call, calls: () => calls };
}

const wait = (service: ReturnType<typeof answering>, options: { maxWaitTime?: number; signal?: AbortSignal } = {}) =>
  waitUntil<Client, object, Output>(service.call, waiter, {} as Client, {}, { maxWaitTime: 5, ...options });

describe("waitUntil", () => {
  it("calls until the answer is the one waited for, through failures that the model allows", async () => {
    const service = answering(new ServiceError({ name: "NotFound" }), { state: "pending" }, { state: "ready" });
    expect(await wait(service)).toEqual({ state: "ready" });
    expect(service.calls()).toBe(3);
  });

  it("ends at a state that rules it out, with the last output", async () => {
    const error = await wait(answering({ state: "broken" })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WaiterError);
    expect(error).toMatchObject({ state: "failure", lastOutput: { state: "broken" } });
  });

  it("ends at once at a failure that no acceptor names", async () => {
    const denied = new ServiceError({ name: "AccessDenied" });
    const service = answering(denied);
    await expect(wait(service)).rejects.toBe(denied);
    expect(service.calls()).toBe(1);
  });

  it("gives up after the time it has", async () => {
    const error = await wait(answering({ state: "pending" }), { maxWaitTime: 0.02 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "Waiter", state: "timeout", lastOutput: { state: "pending" } });
  });

  it("stops waiting when aborted", async () => {
    const controller = new AbortController();
    const waiting = wait(answering({ state: "pending" }), { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(waiting).rejects.toBeInstanceOf(AbortedError);
  });
});
