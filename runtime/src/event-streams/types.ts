/**
 * The events that a service sends. They can be iterated over once, and are read as the loop needs them: a slow loop slows
 * the service down. Until the end is reached, the loop is left, {@link cancel} is called or the call's `signal` is aborted,
 * the stream occupies its connection.
 *
 * The loop ends with an error that the service sends (the class of the model, else a `ServiceError`), or that breaks the
 * stream: `ConnectionError`, `TimeoutError`, `AbortedError`, or `UnexpectedResponseError` for bytes that are not events.
 */
export interface EventStream<Event> extends AsyncIterable<Event> {
  /** Discards the rest and closes the connection. Later reads fail with an `AbortedError`. */
  cancel(): void;
}

/**
 * The events to send: an async generator, or a Node stream in object mode. They are requested as the connection accepts
 * them. Its end ends the request; its error ends the call, which fails with a `ConnectionError` whose cause it is.
 */
export type EventStreamInput<Event> = AsyncIterable<Event>;

/** Time limits of event streams, in milliseconds; 0 disables one. */
export interface EventTimeLimits {
  /** From the headers of the response to the first event. */
  readonly firstEventTimeout: number;
  /** Between two events. */
  readonly eventTimeout: number;
}
