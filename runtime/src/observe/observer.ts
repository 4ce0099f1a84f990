import type { RetryState } from "../retry/state.js";
import type { HttpRequest, HttpResponse } from "../transport/types.js";
import { channels } from "./channels.js";
import type { CallEvent, Hooks } from "./hooks.js";

/** Tells the hooks of a client, and whoever subscribed to the channels, how one call goes. Made where there is anybody. */
export class CallObserver {
  readonly #hooks: Hooks;
  readonly #event: CallEvent;
  readonly #state: RetryState;
  #isCompleted = false;

  constructor(hooks: Hooks | undefined, service: string, operation: string, state: RetryState) {
    this.#hooks = hooks ?? {};
    this.#state = state;
    this.#event = { service, operation, call: {} };
  }

  /** The request with the headers that the hook adds. */
  built(request: HttpRequest): HttpRequest {
    const event = { ...this.#event, request };
    const added = this.#hooks.onRequest?.(event);
    channels.onRequest.publish(event);
    if (!added) return request;
    const lowerCase = Object.entries(added).map(([name, value]) => [name.toLowerCase(), value] as const);
    return { ...request, headers: { ...request.headers, ...Object.fromEntries(lowerCase) } };
  }

  signed(request: HttpRequest): void {
    this.#tell("onSigned", { request, attempt: this.#state.attempts });
  }

  responded(response: HttpResponse): void {
    this.#tell("onResponse", { response, attempt: this.#state.attempts });
  }

  retries(error: unknown, delay: number): void {
    this.#tell("onRetry", { error, delay, attempt: this.#state.attempts });
  }

  /** Once only, should a hook that is told of a success throw and make it a failure. */
  completed(duration: number, error: unknown): void {
    if (this.#isCompleted) return;
    this.#isCompleted = true;
    this.#tell("onComplete", { attempts: this.#state.sent, duration, error });
  }

  #tell<Name extends Exclude<keyof Hooks, "onRequest">>(
    name: Name,
    more: Omit<Parameters<NonNullable<Hooks[Name]>>[0], keyof CallEvent>,
  ): void {
    const event = { ...this.#event, ...more } as Parameters<NonNullable<Hooks[Name]>>[0];
    (this.#hooks[name] as ((event: unknown) => void) | undefined)?.(event);
    channels[name].publish(event);
  }
}
