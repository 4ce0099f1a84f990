/** What every bench file exports as `bench`. */
export interface Bench {
  readonly title: string;
  run(): Promise<Result>;
}

export interface Result {
  readonly rows: readonly Row[];
  readonly goals: readonly Goal[];
}

export type Row = Record<string, string | number>;

/** Reached where the value is not above the limit. */
export interface Goal {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
}

/** A client under measurement. */
export interface Contestant {
  open(endpoint: string): Calls;
}

export interface Calls {
  getTrail(): Promise<unknown>;
  lookupEvents(): Promise<unknown>;
  close(): Promise<void>;
}

export type Operation = "getTrail" | "lookupEvents";

/** What the calls of a round cost, each. */
export interface Round {
  /** Microseconds of processor time, user and system. */
  readonly cpu: number;
  /** Microseconds that passed. */
  readonly wall: number;
}
