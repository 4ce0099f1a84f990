import { expect, it, vi } from "vitest";
import { definition } from "../../unit/runtime/classic/support.js";

it("two copies of the package in a process share listeners and configuration", async () => {
  const first = await import("#runtime/classic/index.js");
  vi.resetModules();
  const second = await import("#runtime/classic/index.js");
  expect(second.Service).not.toBe(first.Service);
  const called: string[] = [];
  first.events.on("validate", () => called.push("validate"));
  first.config.update({ region: "eu-west-1" });
  try {
    const Books = second.Service.defineService(definition);
    const request = new Books().makeRequest("listBooks" as never);
    const error = await request.promise().catch((failure: unknown) => failure);
    expect(called).toEqual(["validate"]);
    expect(error).toBeDefined();
    expect(request.service.config.region).toBe("eu-west-1");
  } finally {
    first.events.removeAllListeners("validate");
    first.config.clear();
  }
});
