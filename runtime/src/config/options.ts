import type { RetryModeName } from "../retry/modes.js";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "./identity.js";
import type { EventTimeLimits } from "../event-streams/types.js";
import type { EndpointParts } from "../endpoints/url.js";
import type { Hooks } from "../observe/hooks.js";
import type { Logger } from "../observe/logger.js";
import type { TimeLimits, Transport } from "../schema/http.js";
import type { ValidationRules } from "../validate/types.js";

/** Which constraints an input is checked against, beyond required members, types and unknown members. */
export interface ValidationOptions {
  /** Minimums of length and range. */
  readonly min?: boolean | undefined;
  /** Maximums of length and range. */
  readonly max?: boolean | undefined;
  readonly pattern?: boolean | undefined;
  readonly enum?: boolean | undefined;
}

/** Time limits, each in milliseconds; 0 switches one off. */
export interface TimeLimitOptions extends Partial<Record<keyof (TimeLimits & EventTimeLimits), number | undefined>> {
  /** Waiting for a connection and connecting. Default 10,000. */
  readonly connectTimeout?: number | undefined;
  /** From the request being sent to the response's headers. Default 300,000. */
  readonly headersTimeout?: number | undefined;
  /** Max time without data while the response's body is read; of a streaming body, while a reader waits. Default 60,000. */
  readonly bodyTimeout?: number | undefined;
  /** From the headers of a response that is an event stream to its first event. Unset by default. */
  readonly firstEventTimeout?: number | undefined;
  /**
   * Max time between two events while a reader waits. Unset by default, because a service may have nothing to send.
   * Within an event `bodyTimeout` applies.
   */
  readonly eventTimeout?: number | undefined;
  /**
   * The complete call: credentials, every attempt, the waits between them, the body. A streaming body is not part of it:
   * for such an output the deadline ends with the headers. Unset by default.
   */
  readonly deadline?: number | undefined;
}

/** Options of every client. Names are the ecosystem's; an unknown one throws a `TypeError` that names the nearest. */
export interface PlainClientOptions extends TimeLimitOptions {
  /** Where to send requests instead of the service's own endpoint: `http://127.0.0.1:8000`. */
  readonly endpoint?: string | URL | EndpointParts | undefined;
  /** Requests made for one call at most, the first included. Default 3. */
  readonly maxAttempts?: number | undefined;
  /**
   * How retries are paced. `standard` (the default): exponential backoff with full jitter and a quota shared by the
   * client's calls. `adaptive`: also every attempt, first ones too, once the service throttles: for a client that uses
   * one resource.
   */
  readonly retryMode?: RetryModeName | undefined;
  /**
   * Which inputs are rejected before anything is sent. `true` (the default) checks required members, types, unknown
   * members and minimums; an object checks what it enables; `false` checks nothing.
   */
  readonly validation?: boolean | ValidationOptions | undefined;
  /** Functions that observe each call; see {@link Hooks} for their order. */
  readonly hooks?: Hooks | undefined;
  /** Receives one `info` line per call, and its input and output at `debug`; sensitive members are masked. */
  readonly logger?: Logger | undefined;
  /** Send bodies uncompressed even where the operation offers compression. Default false. */
  readonly disableRequestCompression?: boolean | undefined;
  /** Compress bodies from this many bytes on, where the operation offers compression. Default 10,240. */
  readonly requestMinCompressionSizeBytes?: number | undefined;
  /** Bytes that the body of a response may have, or as many as are collected of a streamed one; more are an error. Default 256 MiB. */
  readonly maxResponseSize?: number | undefined;
  /** Connections per origin at most. Default 128. */
  readonly maxConnections?: number | undefined;
  /**
   * URL of an HTTP proxy for all requests; false for none. Default: the environment variables `HTTPS_PROXY`,
   * `HTTP_PROXY` and `NO_PROXY`.
   */
  readonly proxy?: string | URL | false | undefined;
  /** An undici dispatcher (an agent, a proxy agent) to send with; it stays yours to close. */
  readonly dispatcher?: Dispatcher | undefined;
  /** A custom way to send requests. */
  readonly transport?: Transport | undefined;
}

/** Options of a client of AWS. */
export interface ClientOptions extends PlainClientOptions {
  /** AWS Region. Default: `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's `region`. */
  readonly region?: string | (() => Promise<string>) | undefined;
  /** Credentials, or a function that returns them. Default: environment variables, then the shared config files. */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined;
  /** Use the FIPS endpoint. Default: `AWS_USE_FIPS_ENDPOINT`, the profile, else false. */
  readonly useFipsEndpoint?: boolean | undefined;
  /** Use the dual-stack (IPv4 and IPv6) endpoint. Default: `AWS_USE_DUALSTACK_ENDPOINT`, the profile, else false. */
  readonly useDualstackEndpoint?: boolean | undefined;
  /** Requests made for one call at most, the first included. Default: `AWS_MAX_ATTEMPTS`, the profile, else 3 (DynamoDB 4). */
  readonly maxAttempts?: number | undefined;
  /**
   * How retries are paced. `standard`: exponential backoff with full jitter and a quota shared by the client's calls.
   * `adaptive`: also every attempt, first ones too, once the service throttles: for a client that uses one resource.
   * Default: `AWS_RETRY_MODE`, the profile, else `standard`.
   */
  readonly retryMode?: RetryModeName | undefined;
  /** Added to this machine's clock for signing, in milliseconds. */
  readonly systemClockOffset?: number | undefined;
}

/** The part of an undici dispatcher that is used. */
export interface Dispatcher {
  dispatch(options: never, handler: never): boolean;
}

/** Options of one call; they take precedence over the client's. */
export interface CallOptions extends TimeLimitOptions {
  /** Ends the call at any stage with an `AbortedError` whose cause is the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly validation?: boolean | ValidationOptions | undefined;
  readonly maxAttempts?: number | undefined;
}

/** Settings of a call: its own options, else the client's, else the defaults. */
export interface CallSettings {
  readonly limits: Readonly<TimeLimits & EventTimeLimits>;
  readonly deadline: number | undefined;
  /** Undefined if inputs are not checked. */
  readonly rules: ValidationRules | undefined;
  /** Undefined if the configuration decides. */
  readonly maxAttempts: number | undefined;
}
