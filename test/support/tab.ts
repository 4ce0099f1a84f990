import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { launchChromium } from "./chromium.js";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** A tab of a headless Chromium, controlled over the DevTools protocol through a pipe. */
export interface Tab {
  /** Calls a method of the protocol, such as `Emulation.setEmulatedMedia`. */
  send(method: string, params?: object): Promise<Readonly<Record<string, unknown>>>;
  /** Opens a page and waits until it is loaded. */
  open(url: string): Promise<void>;
  /** Waits until a page that is being opened is loaded. Call it before what opens the page. */
  loaded(): Promise<void>;
  /** Value of an expression in the page. A promise is awaited. */
  evaluate(expression: string): Promise<unknown>;
  /** Presses a key, such as `Enter`. */
  press(key: string): Promise<void>;
  /** Types into the focused element. */
  type(text: string): Promise<void>;
  /** Width of the window in CSS pixels, as on a phone. */
  setWidth(width: number): Promise<void>;
  /** Messages of the console and uncaught errors of all pages so far. */
  readonly problems: readonly string[];
}

export async function openTab(): Promise<Tab> {
  const pipe = new Pipe(launchChromium(["--remote-debugging-pipe"], ["ignore", "ignore", "ignore", "pipe", "pipe"]));
  const { targetId } = await pipe.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await pipe.send("Target.attachToTarget", { targetId, flatten: true });
  const send: Tab["send"] = (method, params) => pipe.send(method, params, String(sessionId));
  const problems: string[] = [];
  pipe.on("Runtime.exceptionThrown", (params) => void problems.push(JSON.stringify(params)));
  pipe.on("Log.entryAdded", (params) => void problems.push(JSON.stringify(params)));
  for (const domain of ["Page", "Runtime", "Log"]) await send(`${domain}.enable`);
  const loaded = (): Promise<void> => new Promise((resolve) => pipe.once("Page.loadEventFired", () => resolve()));
  return {
    send,
    loaded,
    problems,
    open: async (url) => {
      const isLoaded = loaded();
      await send("Page.navigate", { url });
      await isLoaded;
    },
    evaluate: async (expression) => {
      const { result, exceptionDetails } = await send("Runtime.evaluate", {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
      return (result as { readonly value?: unknown }).value;
    },
    press: async (key) => {
      const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
      const code = { Enter: 13, ArrowDown: 40, ArrowUp: 38, Escape: 27, Tab: 9 }[key];
      const event = { key, ...(text !== undefined && { text }), ...(code && { windowsVirtualKeyCode: code }) };
      await send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
      await send("Input.dispatchKeyEvent", { type: "keyUp", key });
    },
    type: async (text) => {
      await send("Input.insertText", { text });
    },
    setWidth: async (width) => {
      await send("Emulation.setDeviceMetricsOverride", { width, height: 780, deviceScaleFactor: 1, mobile: true });
    },
  };
}

type Listener = (params: Readonly<Record<string, unknown>>) => void;

/** Messages of the protocol, which end with a zero byte. */
class Pipe {
  readonly #input: Writable;
  readonly #calls = new Map<number, { resolve(message: Message): void }>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #last = 0;
  #rest = "";

  constructor({ stdio }: ChildProcess) {
    this.#input = stdio[3] as Writable;
    // The browser is ended by a signal.
    this.#input.on("error", () => {});
    (stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => this.#read(text));
  }

  async send(method: string, params: object = {}, sessionId?: string): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#last;
    const responded = new Promise<Message>((resolve) => this.#calls.set(id, { resolve }));
    this.#input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    const { result = {}, error } = await responded;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  on(method: string, listener: Listener): void {
    this.#listeners.set(method, (this.#listeners.get(method) ?? new Set()).add(listener));
  }

  once(method: string, listener: Listener): void {
    const only: Listener = (params) => {
      this.#listeners.get(method)?.delete(only);
      listener(params);
    };
    this.on(method, only);
  }

  #read(text: string): void {
    const messages = `${this.#rest}${text}`.split("\0");
    this.#rest = messages.pop() ?? "";
    for (const message of messages.map((each) => JSON.parse(each) as Message)) {
      if (message.id !== undefined) {
        this.#calls.get(message.id)?.resolve(message);
        this.#calls.delete(message.id);
      } else for (const listen of this.#listeners.get(message.method ?? "") ?? []) listen(message.params ?? {});
    }
  }
}
