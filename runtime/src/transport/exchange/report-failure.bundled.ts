import { exchangeError } from "./failure.js";
import type { ExchangeFailure } from "./phases.js";

/** `report-failure.ts` where the code with the message is part of the program. Reports asynchronously, too. */
export function reportFailure(failure: ExchangeFailure, report: (error: Error) => void): void {
  queueMicrotask(() => report(exchangeError(failure)));
}
