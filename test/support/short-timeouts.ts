import { onTestFinished, vi } from "vitest";

/** Makes `AbortSignal.timeout` fire twenty times as early until the test ends; returns the milliseconds requested. */
export function shortenTimeouts(): readonly number[] {
  const asked: number[] = [];
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const spy = vi.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
    asked.push(milliseconds);
    return timeout(milliseconds / 20);
  });
  onTestFinished(() => spy.mockRestore());
  return asked;
}
