import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { listenForAbort } from "#runtime/signals/abort.js";

const listeners = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;

describe("listenForAbort", () => {
  it("notifies each listener once, with the signal", () => {
    const controller = new AbortController();
    const reported: unknown[] = [];
    for (const name of ["a", "b"]) {
      listenForAbort(controller.signal, { onAbort: (signal) => reported.push(name, signal === controller.signal) });
    }
    controller.abort();
    expect(reported).toEqual(["a", true, "b", true]);
  });

  it("puts one listener on the signal however many wait, and none when nobody does", () => {
    const controller = new AbortController();
    const { signal } = controller;
    const ignore = { onAbort: () => {} };
    const registrations = Array.from({ length: 20 }, () => listenForAbort(signal, ignore));
    expect(listeners(signal)).toBe(1);
    for (const registration of registrations.slice(1)) registration.end();
    expect(listeners(signal)).toBe(1);
    registrations[0]?.end();
    registrations[0]?.end();
    expect(listeners(signal)).toBe(0);
    listenForAbort(signal, ignore);
    expect(listeners(signal)).toBe(1);
    controller.abort();
    expect(listeners(signal)).toBe(0);
  });

  it("does not notify one whose registration has ended, even by another that was notified before it", () => {
    const controller = new AbortController();
    let reported = 0;
    const first = listenForAbort(controller.signal, { onAbort: () => reported++ });
    first.end();
    listenForAbort(controller.signal, { onAbort: () => second.end() });
    const second = listenForAbort(controller.signal, { onAbort: () => reported++ });
    controller.abort();
    expect(reported).toBe(0);
  });
});
