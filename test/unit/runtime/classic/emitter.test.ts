import { describe, expect, it } from "vitest";
import { Emitter } from "#runtime/classic/events/emitter.js";
import type { AWSError } from "#runtime/classic/types.js";

interface Events {
  go: [log: string[]];
}

function emitted(emitter: Emitter<Events>): { log: string[]; error: AWSError | undefined } {
  const log: string[] = [];
  let failed: AWSError | undefined;
  emitter.emit("go", [log], (error) => {
    log.push("done");
    failed = error;
  });
  return { log, error: failed };
}

describe("listeners", () => {
  it("are called in their order, those put at the head first", () => {
    const emitter = new Emitter<Events>();
    emitter.on("go", (log) => log.push("2")).addListener("go", (log) => log.push("3"));
    emitter.on("go", (log) => log.push("1"), true);
    expect(emitted(emitter).log).toEqual(["1", "2", "3", "done"]);
  });

  it("wait for one that says itself when it is done", () => {
    const emitter = new Emitter<Events>();
    let goOn = (): void => {};
    emitter.onAsync("go", (log, done) => {
      log.push("begun");
      goOn = done;
    });
    emitter.on("go", (log) => log.push("next"));
    const { log } = emitted(emitter);
    expect(log).toEqual(["begun"]);
    goOn();
    goOn();
    expect(log).toEqual(["begun", "next", "done"]);
  });

  it("are called once, or no more, as asked", () => {
    const emitter = new Emitter<Events>();
    const second = (log: string[]): number => log.push("2");
    emitter.once("go", (log) => log.push("1")).on("go", second);
    expect(emitted(emitter).log).toEqual(["1", "2", "done"]);
    expect(emitted(emitter).log).toEqual(["2", "done"]);
    expect(emitter.listeners("go")).toEqual([second]);
    emitter.removeListener("go", second).removeListener("go", second);
    expect(emitted(emitter).log).toEqual(["done"]);
    emitter.on("go", second).removeAllListeners("go");
    expect(emitter.emit("go", [[]])).toBe(false);
    emitter.on("go", second).removeAllListeners();
    expect(emitter.listeners("go")).toEqual([]);
  });

  it("are those that there were when the event came", () => {
    const emitter = new Emitter<Events>();
    const added = (log: string[]): number => log.push("added");
    emitter.on("go", (log) => {
      log.push("1");
      emitter.on("go", added).removeAllListeners("go");
    });
    emitter.on("go", (log) => log.push("2"));
    expect(emitted(emitter).log).toEqual(["1", "2", "done"]);
  });

  it("are all called although one throws; its error is the event's", () => {
    const emitter = new Emitter<Events>();
    emitter.on("go", () => {
      throw new TypeError("first");
    });
    emitter.on("go", (log) => log.push("2"));
    const { log, error } = emitted(emitter);
    expect(log).toEqual(["2", "done"]);
    expect(error).toMatchObject({ code: "TypeError", name: "TypeError", message: "first" });
    expect(error?.time).toBeInstanceOf(Date);
  });

  it("may throw text, and have the last of several errors reported, the first one with it", () => {
    const emitter = new Emitter<Events>();
    emitter.on("go", () => {
      throw "some words";
    });
    expect(emitted(emitter).error?.message).toBe("some words");
    emitter.onAsync("go", (_log, done) => {
      throw Object.assign(new Error("later"), { code: "Late", done });
    });
    const { error } = emitted(emitter);
    expect(error).toMatchObject({ code: "Late", message: "later" });
    expect(error?.originalError?.message).toBe("some words");
  });

  it("do not get back what is thrown after they said that they are done", () => {
    const emitter = new Emitter<Events>();
    emitter.onAsync("go", (_log, done) => done());
    const end = (): void => {
      throw new Error("of the end");
    };
    expect(() => emitter.emit("go", [[]], end)).toThrow("of the end");
  });

  it("are taken over from another emitter", () => {
    const shared = new Emitter<Events>().on("go", (log) => log.push("shared"));
    const emitter = new Emitter<Events>().addListenersOf(shared).on("go", (log) => log.push("own"));
    shared.removeAllListeners();
    expect(emitted(emitter).log).toEqual(["shared", "own", "done"]);
  });
});
