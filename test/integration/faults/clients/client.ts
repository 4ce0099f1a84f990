import type { LookupFunction } from "node:net";

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What a client is configured with, in no client's words. */
export interface Setup {
  readonly endpoint: string;
  /** Keys, or a provider of them. */
  readonly credentials: Keys | (() => Promise<Keys>);
  /** Milliseconds that connecting, the wait for the response and a silence in its body may last, each. */
  readonly limits: { readonly connect: number; readonly response: number };
  /** Takes the place of DNS. */
  readonly lookup?: LookupFunction;
  readonly maxConnections?: number;
  /** Bytes of a response's body, where the client can bound them. */
  readonly maxResponseSize?: number;
  /** Over `fetch`, where the client can. */
  readonly fetch?: boolean;
  /** Gives the Region, where the client requests it. */
  readonly region?: () => Promise<string>;
}

export interface CallSetup {
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole call, as the client bounds it at best. */
  readonly deadline?: number;
}

/** One client of one make. */
export interface OpenClient {
  /** Lists trails. */
  call(options: CallSetup): Promise<unknown>;
  close(): void | Promise<void>;
}

export interface Contestant {
  open(setup: Setup): OpenClient;
  /** Kind of an error, as a program would check it: `ConnectionError ECONNREFUSED`. */
  kindOf(error: unknown): string;
}
