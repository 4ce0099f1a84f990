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

/** One call over some protocol. */
export interface Scenario {
  readonly title: string;
  /** Folder of the generated client; what precedes its hyphen names v3's package, what follows the protocol. */
  readonly client: string;
  /** Function of the operation, where the scenario is not called like it. */
  readonly operation?: string;
  readonly input: object;
  /** The body is sent in chunks of so many bytes. */
  readonly sends?: { readonly chunk: number; readonly chunks: number };
  /** The body is read chunk by chunk. */
  readonly reads?: true;
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array };
  /** What the floor does beside the request, or instead of it (`xml`, `cbor`). */
  readonly floor: "xml" | "cbor" | "json" | "bytes" | "stream" | "digests" | "sending";
  /** At most so many times the floor. */
  readonly ofFloor: number;
  /** At most that part of v3. */
  readonly ofV3: number;
  /** In a round. */
  readonly calls: number;
}

export interface ScenarioContestant {
  open(
    endpoint: string,
    scenario: string,
    variant: string,
  ): Promise<{ readonly call: () => Promise<unknown>; readonly close: () => Promise<void> }>;
}

export type Operation = "getTrail" | "lookupEvents";

/** What the calls of a round cost, each. */
export interface Round {
  /** Microseconds of processor time, user and system. */
  readonly cpu: number;
  /** Microseconds that passed. */
  readonly wall: number;
}
