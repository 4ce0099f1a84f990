import { constants } from "node:os";
import { setImmediate } from "node:timers/promises";

/** The process received SIGINT or SIGTERM. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`Interrupted by ${signal}.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs work that must not be killed halfway: SIGINT and SIGTERM abort its signal instead of ending the process.
 * @throws InterruptedError after the work has ended, if a signal was received meanwhile.
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
    // A signal received during synchronous work is delivered on the next turn of the event loop.
    await setImmediate();
    controller.signal.throwIfAborted();
    return result;
  } finally {
    process.off("SIGINT", abort);
    process.off("SIGTERM", abort);
  }
}
