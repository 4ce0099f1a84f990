import { awsError } from "../aws-error.js";
import type { AWSError } from "../types.js";
import type { RequestEvents } from "../request.js";

/** Arguments of each event, by its name. */
export type EventArguments<Events> = { readonly [Name in keyof Events]: readonly unknown[] };

type Listener = (...args: never[]) => unknown;

/** The last argument of listeners of `onAsync`, which they call once they have finished, with an error if there is one. */
export type Done = (error?: unknown) => void;

interface Registration {
  readonly listener: Listener;
  readonly isAsync: boolean;
}

/** By emitter. Listeners of the prototype of a class are those of all its objects. */
const registries = new WeakMap<object, Map<string, Registration[]>>();

function registryOf(emitter: object): Map<string, Registration[]> {
  let registry = registries.get(emitter);
  if (!registry) registries.set(emitter, (registry = new Map()));
  return registry;
}

/**
 * Listeners by event, called one after the other in their order; the next one waits for one that was added by `onAsync`. A
 * listener that fails does not prevent the others from being called.
 */
export class Emitter<Events extends EventArguments<Events>> {
  /** @param prepend put the listener before the others */
  on<Name extends keyof Events & string>(
    event: Name,
    listener: (this: this, ...args: [...Events[Name]]) => unknown,
    prepend?: boolean,
  ): this;
  on(event: string, listener: () => unknown, prepend?: boolean): this;
  on(event: string, listener: Listener, prepend = false): this {
    return add(this, event, { listener, isAsync: false }, prepend);
  }

  addListener<Name extends keyof Events & string>(
    event: Name,
    listener: (this: this, ...args: [...Events[Name]]) => unknown,
    prepend?: boolean,
  ): this;
  addListener(event: string, listener: () => unknown, prepend?: boolean): this;
  addListener(event: string, listener: Listener, prepend = false): this {
    return add(this, event, { listener, isAsync: false }, prepend);
  }

  /** Adds a listener that ends by calling its last argument. */
  onAsync<Name extends keyof Events & string>(
    event: Name,
    listener: (this: this, ...args: [...Events[Name], Done]) => unknown,
    prepend?: boolean,
  ): this;
  onAsync(event: string, listener: (done: Done) => unknown, prepend?: boolean): this;
  onAsync(event: string, listener: Listener, prepend = false): this {
    return add(this, event, { listener, isAsync: true }, prepend);
  }

  /** Adds a listener that is removed before its first call. */
  once<Name extends keyof Events & string>(
    event: Name,
    listener: (this: this, ...args: [...Events[Name]]) => unknown,
    prepend?: boolean,
  ): this;
  once(event: string, listener: () => unknown, prepend?: boolean): this;
  once(event: string, listener: Listener, prepend = false): this {
    const first = (...args: never[]): unknown => {
      this.removeListener(event, first);
      return listener.apply(this, args);
    };
    return add(this, event, { listener: first, isAsync: false }, prepend);
  }

  removeListener(event: string, listener: (...args: never[]) => unknown): this {
    const registered = registryOf(this).get(event);
    const index = registered?.findIndex((each) => each.listener === listener) ?? -1;
    if (index >= 0) registered?.splice(index, 1);
    return this;
  }

  /** Removes the listeners of an event, the client's own too; without a name, those of all events. */
  removeAllListeners(event?: string): this {
    if (event === undefined) registryOf(this).clear();
    else registryOf(this).delete(event);
    return this;
  }

  /** The listeners of an event, in the order in which they are called. */
  listeners(event: string): ((...args: never[]) => unknown)[] {
    return (registryOf(this).get(event) ?? []).map(({ listener }) => listener);
  }

  /**
   * Calls the listeners of an event.
   *
   * @param done called after the last of them, with their error if there is one
   * @returns whether there are listeners
   */
  emit(event: string, args: readonly unknown[] = [], done: (error?: AWSError) => void = () => {}): boolean {
    const registered = [...(registryOf(this).get(event) ?? [])];
    callAll(this, registered, 0, args, undefined, done);
    return registered.length > 0;
  }

  /** Adds the listeners of another emitter after its own. */
  addListenersOf(other: Emitter<Events>): this {
    for (const [event, registered] of other.registrations()) {
      for (const each of registered) add(this, event, each, false);
    }
    return this;
  }

  /** For an emitter of another copy of this package, which has a registry of its own. */
  registrations(): ReadonlyMap<string, readonly Registration[]> {
    return registryOf(this);
  }
}

function add<Own extends object>(emitter: Own, event: string, registration: Registration, prepend: boolean): Own {
  const registered = registryOf(emitter).get(event);
  if (!registered) registryOf(emitter).set(event, [registration]);
  else if (prepend) registered.unshift(registration);
  else registered.push(registration);
  return emitter;
}

function callAll(
  emitter: object,
  registered: readonly Registration[],
  start: number,
  args: readonly unknown[],
  failure: AWSError | undefined,
  done: (error?: AWSError) => void,
): void {
  let failed = failure;
  for (let index = start; index < registered.length; index++) {
    const { listener, isAsync } = registered[index] as Registration;
    if (isAsync) {
      let isDone = false;
      const next: Done = (error) => {
        if (isDone) return;
        isDone = true;
        callAll(emitter, registered, index + 1, args, error ? joined(failed, error) : failed, done);
      };
      try {
        listener.apply(emitter as never, [...args, next] as never[]);
      } catch (error) {
        // An exception after the listener called `done` is not its error.
        if (isDone) throw error;
        next(error ?? new Error(`A listener threw ${String(error)}`));
      }
      return;
    }
    try {
      listener.apply(emitter as never, args as never[]);
    } catch (error) {
      failed = joined(failed, error);
    }
  }
  done(failed);
}

/** What was thrown, as an error of a request, merged into an earlier one. */
function joined(earlier: AWSError | undefined, thrown: unknown): AWSError {
  const fields = thrown instanceof Error ? thrown : Object(typeof thrown === "string" ? { message: thrown } : thrown);
  return awsError(earlier ?? new Error(), fields as Partial<AWSError>);
}

const key = Symbol.for("@clientsmith/runtime/classic/events");
const shared = globalThis as { [key]?: Emitter<RequestEvents<unknown>> };

/** Listeners of the requests of all services; one for every copy of this package in a process. */
export const events: Emitter<RequestEvents<unknown>> = (shared[key] ??= new Emitter());
