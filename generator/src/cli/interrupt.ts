import { constants } from "node:os";
import { setImmediate } from "node:timers/promises";

/** The user, or the system, asked the process to end. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`Interrupted by ${signal}.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs work that must end tidily: SIGINT and SIGTERM abort its signal rather than kill the process.
 * @throws InterruptedError after the work has ended, where one came meanwhile.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (signal: NodeJS.Signals): void => {
    if (signal === "SIGINT" || signal === "SIGTERM") controller.abort(new InterruptedError(signal));
  };
  process.on("SIGINT", abort);
  process.on("SIGTERM", abort);
  try {
    const result = await work(controller.signal);
    // A signal that came during a synchronous step is delivered on the next turn of the event loop.
    await setImmediate();
    controller.signal.throwIfAborted();
    return result;
  } finally {
    process.off("SIGINT", abort);
    process.off("SIGTERM", abort);
  }
}
