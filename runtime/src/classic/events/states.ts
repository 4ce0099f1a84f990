/** The states that a request goes through; each is an event of the same name. */
export type State =
  | "validate"
  | "build"
  | "afterBuild"
  | "restart"
  | "sign"
  | "send"
  | "validateResponse"
  | "extractData"
  | "extractError"
  | "retry"
  | "afterRetry"
  | "success"
  | "error"
  | "complete";

/** Where a request goes on from each state: with no error, and with one. */
export const nextStates: Readonly<Record<State, { readonly accept: State; readonly fail: State } | undefined>> = {
  validate: { accept: "build", fail: "error" },
  build: { accept: "afterBuild", fail: "restart" },
  afterBuild: { accept: "sign", fail: "restart" },
  restart: { accept: "build", fail: "error" },
  sign: { accept: "send", fail: "retry" },
  send: { accept: "validateResponse", fail: "retry" },
  validateResponse: { accept: "extractData", fail: "extractError" },
  extractError: { accept: "extractData", fail: "retry" },
  extractData: { accept: "success", fail: "retry" },
  retry: { accept: "afterRetry", fail: "afterRetry" },
  afterRetry: { accept: "sign", fail: "error" },
  success: { accept: "complete", fail: "complete" },
  error: { accept: "complete", fail: "complete" },
  complete: undefined,
};

/** True where the outcome is settled: what a listener throws from then on is nobody's outcome any more. */
export function isSettled(state: string): boolean {
  return state === "success" || state === "error" || state === "complete";
}
