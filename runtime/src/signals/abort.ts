/** Is told once when a signal is aborted. */
export interface AbortListener {
  onAbort(signal: AbortSignal): void;
}

/** The one listener of a signal, for all that wait on it. */
class Waiting {
  readonly #signal: AbortSignal;
  readonly #registrations = new Set<AbortRegistration>();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  add(registration: AbortRegistration): void {
    if (this.#registrations.size === 0) this.#signal.addEventListener("abort", this, { once: true });
    this.#registrations.add(registration);
  }

  remove(registration: AbortRegistration): void {
    const removed = this.#registrations.delete(registration);
    if (removed && this.#registrations.size === 0) this.#signal.removeEventListener("abort", this);
  }

  handleEvent(): void {
    const registrations = [...this.#registrations];
    this.#registrations.clear();
    for (const registration of registrations) registration.notify(this.#signal);
  }
}

/**
 * However many calls share a signal, it gets one listener: Node warns of a leak at the eleventh, and adding one costs
 * more than all the rest. It is there only while somebody waits.
 */
const waitingOn = new WeakMap<AbortSignal, Waiting>();

/** A listener's place in the row of those that wait on a signal. */
export class AbortRegistration {
  readonly #waiting: Waiting;
  /** Let go at the end: a long-lived signal would otherwise carry what the listener holds into the old generation. */
  #listener: AbortListener | undefined;

  constructor(waiting: Waiting, listener: AbortListener) {
    this.#waiting = waiting;
    this.#listener = listener;
  }

  notify(signal: AbortSignal): void {
    this.#listener?.onAbort(signal);
  }

  end(): void {
    this.#listener = undefined;
    this.#waiting.remove(this);
  }
}

/** Has the listener told when the signal is aborted, unless the registration is ended before. */
export function listenForAbort(signal: AbortSignal, listener: AbortListener): AbortRegistration {
  let waiting = waitingOn.get(signal);
  if (!waiting) {
    waiting = new Waiting(signal);
    waitingOn.set(signal, waiting);
  }
  const registration = new AbortRegistration(waiting, listener);
  waiting.add(registration);
  return registration;
}

/** Longest delay that a timer of JavaScript takes, in milliseconds (24.8 days); what is longer would fire at once. */
export const longestTimer = 2 ** 31 - 1;
