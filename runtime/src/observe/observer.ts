import type { HttpRequest, HttpResponse } from "../schema/http.js";
import { ConfigurationError } from "../errors/client.js";
import { observerFailed } from "./observer-failed.js";
import { channels } from "./channels.js";
import type { CallEvent, Hooks } from "./hooks.js";

/** How far the call is. */
interface CallProgress {
  /** Attempts started, including the current one. */
  readonly attempts: number;
  /** Requests passed to the transport. */
  readonly sent: number;
}

/**
 * Reports the progress of one call to the client's hooks and to the subscribers of the channels. Created only if there
 * are any.
 */
export class CallObserver {
  readonly #hooks: Hooks;
  readonly #event: CallEvent;
  readonly #state: CallProgress;
  #isCompleted = false;

  constructor(hooks: Hooks | undefined, service: string, operation: string, state: CallProgress) {
    this.#hooks = hooks ?? {};
    this.#state = state;
    this.#event = { service, operation, call: {} };
  }

  /** Returns the request with the headers that the hook adds. */
  built(request: HttpRequest): HttpRequest {
    const event = Object.assign({ request: withoutStream(request) }, this.#event);
    const added: unknown = this.#hooks.onRequest?.(event);
    if (isPromise(added)) {
      added.then(undefined, () => {});
      throw new ConfigurationError("hooks.onRequest must return synchronously, but returned a promise");
    }
    channels.onRequest.publish(event);
    if (!added) return request;
    const lowerCase = Object.entries(added).map(([name, value]) => [name.toLowerCase(), value] as const);
    return { ...request, headers: { ...request.headers, ...Object.fromEntries(lowerCase) } };
  }

  /** @param redact masks secrets */
  signed(request: HttpRequest, redact: (request: HttpRequest) => HttpRequest = (shown) => shown): void {
    this.#notify("onSigned", { request: redact(withoutStream(request)), attempt: this.#state.attempts });
  }

  responded(response: HttpResponse): void {
    this.#notify("onResponse", { response: withoutStream(response), attempt: this.#state.attempts });
  }

  retries(error: unknown, delay: number): void {
    this.#notify("onRetry", { error, delay, attempt: this.#state.attempts });
  }

  /** Reported only once, even if something fails after a success was reported. */
  completed(duration: number, error: unknown): void {
    if (this.#isCompleted) return;
    this.#isCompleted = true;
    this.#notify("onComplete", { attempts: this.#state.sent, duration, error });
  }

  #notify<Name extends Exclude<keyof Hooks, "onRequest">>(
    name: Name,
    more: Omit<Parameters<NonNullable<Hooks[Name]>>[0], keyof CallEvent>,
  ): void {
    const event = Object.assign({}, this.#event, more) as Parameters<NonNullable<Hooks[Name]>>[0];
    const hook = this.#hooks[name] as ((event: unknown) => unknown) | undefined;
    if (hook) {
      const failed = (error: unknown): void => observerFailed(`hooks.${name}`, hook, error);
      try {
        const returned = hook.call(this.#hooks, event);
        if (isPromise(returned)) returned.then(undefined, failed);
      } catch (error) {
        failed(error);
      }
    }
    channels[name].publish(event);
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === "function";
}

/** An observer must not consume the stream of its recipient. */
function withoutStream<Message extends { readonly stream?: unknown }>(message: Message): Omit<Message, "stream"> {
  if (!message.stream) return message;
  const { stream: _, ...rest } = message;
  return rest;
}
