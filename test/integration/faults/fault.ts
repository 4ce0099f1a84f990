import type { CallSetup, OpenClient, Setup } from "./clients/client.js";
import type { FaultServer, Serve } from "./server.js";

/** Something that goes wrong with a call, and what is to become of the call. */
export interface Fault {
  readonly id: string;
  /** What goes wrong, for the page. */
  readonly title: string;
  /** Made for each run: what the server does with requests. Without it, it takes them and is silent. */
  readonly serve?: (other: FaultServer) => Serve;
  readonly setup?: (servers: Servers) => Partial<Setup>;
  readonly call?: CallSetup;
  /** Aborts the call: before it begins, so many milliseconds after, or as many after the first request has come. */
  readonly abort?: "before" | { readonly after: number; readonly of: "call" | "request" };
  /** What is done with the client; one call where absent. */
  readonly act?: (client: OpenClient, call: CallSetup, servers: Servers) => Promise<unknown>;
  readonly ours: Expected;
  /** Why another client cannot be put to it, where that is so. */
  readonly without?: Readonly<Partial<Record<string, string>>>;
}

export interface Servers {
  readonly main: FaultServer;
  /** Another host: whatever reaches it was sent to the wrong place. */
  readonly other: FaultServer;
}

export interface Expected {
  /** `succeeded`, or the kind of the error as the contestant gives it. */
  readonly outcome: string;
  /** What the message says. */
  readonly says?: RegExp;
  /** What `explain()` says. */
  readonly explains?: RegExp;
  /** Requests that the server saw. */
  readonly requests: number;
  /** Milliseconds that it takes at most, where that is less than the bound of every fault. */
  readonly within?: number;
}

/** What became of it. */
export interface Outcome {
  readonly id: string;
  /** `succeeded`, `waiting`, or the kind of the error. */
  readonly outcome: string;
  readonly message: string;
  readonly explanation: string;
  readonly requests: number;
  /** Requests that reached the other host. */
  readonly astray: number;
  readonly milliseconds: number;
  /** Listeners that the caller's signal still has. */
  readonly listeners: number;
  /** Whether the error's cause is the very reason that the caller aborted with; undefined where nothing was aborted. */
  readonly keepsReason: boolean | undefined;
}

/** Milliseconds after which a call counts as waiting. */
export const waitLimit = 5_000;

/** Milliseconds of the limits for connecting and for silence, where a fault is not about others. */
export const limit = 500;

/** Limits that nothing here reaches. */
export const noLimits = { limits: { connect: 60_000, response: 60_000 } };

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
