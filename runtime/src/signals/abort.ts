/** Called once when a signal is aborted. */
export interface AbortListener {
  onAbort(signal: AbortSignal): void;
}

/** The only listener of a signal, for all its registrations. */
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
 * However many calls share a signal, it gets one listener: Node warns of a leak at the eleventh, and adding a listener
 * is expensive. It exists only while there are registrations.
 */
const waitingOn = new WeakMap<AbortSignal, Waiting>();

/** A listener's registration for a signal. */
export class AbortRegistration {
  readonly #waiting: Waiting;
  /** Released at the end: otherwise a long-lived signal would promote the listener's objects to the old generation. */
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

/** Calls the listener when the signal is aborted, unless the registration is ended before. */
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

/** Max delay of a JavaScript timer, in milliseconds (24.8 days); a longer one would fire at once. */
export const maxTimer = 2 ** 31 - 1;
