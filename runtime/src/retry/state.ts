import type { SigningCredentials } from "../signing/types.js";

/** How far the attempts of one call have come; the first is counted by the call, the others by the loop. */
export interface RetryState {
  /** Attempts made, the running one included. */
  attempts: number;
  /** Milliseconds waited between attempts. */
  totalRetryDelay: number;
  /** The date of the last attempt's signature, in milliseconds since 1970, and what it was signed with. */
  signedAt: number;
  signedWith: SigningCredentials | undefined;
  /** What the policy paid for the last retry. */
  retryCost: number | undefined;
  /** Why the last error was not tried again. `deadline`: the wait would have lasted beyond it. */
  stopped: "notRetryable" | "maxAttempts" | "quota" | "deadline" | undefined;
}

export function newRetryState(): RetryState {
  return {
    attempts: 0,
    totalRetryDelay: 0,
    signedAt: 0,
    signedWith: undefined,
    retryCost: undefined,
    stopped: undefined,
  };
}
