import fs from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { main } from "#generator/cli/main.js";
import { workplace } from "./support/harness.js";
import { pondModel } from "./support/model.js";

/** `generate --watch` in a folder, and a way to wait for what it says. */
function watching() {
  const place = workplace();
  let shown = "";
  const sink = { write: (text: string) => (shown += text) };
  const start = (...argv: string[]): Promise<number> => {
    const ended = main(["generate", ...argv, "--watch"], {
      stdout: sink,
      stderr: sink,
      cwd: place.folder,
      env: {},
      isTTY: false,
    });
    onTestFinished(async () => {
      process.emit("SIGINT", "SIGINT");
      await ended;
    });
    return ended;
  };
  /** What was said since the last time, up to the next rest. */
  const output = async (): Promise<string> => {
    for (let turn = 0; turn < 400 && !/Ctrl-C ends\.\n/.test(shown); turn++) await sleep(25);
    const text = shown;
    shown = "";
    return text;
  };
  const text = (path: string): string => fs.readFileSync(join(place.folder, path), "utf8");
  return { ...place, start, output, text };
}

describe("generate --watch", () => {
  it("generates again what a changed model concerns, and that alone", async () => {
    const { put, start, output, text } = watching();
    put("pond.json", pondModel());
    put("lake.json", pondModel({ sdkId: "Lake" }));
    put("clientsmith.config.json", { clients: ["pond", "lake"].map((name) => ({ model: `${name}.json`, out: name })) });
    void start();
    expect(await output()).toContain("lake.json: added");
    put("pond.json", pondModel({ extraMember: "snack" }));
    const again = await output();
    expect(again).toContain("changed src/operations/feed.ts");
    expect(again).not.toContain("lake");
    expect(text("pond/src/operations/feed.ts")).toContain("snack?: string");
    put("clientsmith.config.json", { clients: [{ model: "lake.json", out: "sea" }] });
    expect(await output()).toContain("files written");
    expect(text("sea/package.json")).toContain("lake");
  });

  it("keeps the last good files where a model is wrong, reports why, and continues", async () => {
    const { put, start, output, text } = watching();
    put("pond.json", pondModel());
    void start("pond.json", "--out", "pond");
    await output();
    put("pond.json", "{ not JSON");
    expect(await output()).toMatch(/pond\.json:1.*1 of 1 model failed/s);
    expect(text("pond/src/operations/feed.ts")).toContain("feed");
    put("pond.json", pondModel({ extraMember: "snack" }));
    expect(await output()).toContain("changed src/operations/feed.ts");
  });

  it("sees overlays and plug-ins", async () => {
    const { put, start, output, text } = watching();
    const overlay = (min: number) => ({
      reason: "Frogs are small.",
      apply: [{ shape: "example.pond#Frog$weight", traits: { "smithy.api#range": { min } } }],
    });
    const plugin = (name: string) => `export const emitters = [() => [{ path: "EXTRA.md", text: "${name}" }]];`;
    put("pond.json", pondModel());
    put("overlay.json", overlay(1));
    put("plugin.mjs", plugin("first"));
    void start("pond.json", "--out", "pond", "--overlay", "overlay.json", "--plugin", "plugin.mjs");
    await output();
    put("overlay.json", overlay(2));
    await output();
    expect(text("pond/src/shapes/Frog.ts")).toContain("min: 2");
    put("plugin.mjs", plugin("second"));
    await output();
    expect(text("pond/EXTRA.md")).toContain("second");
  });

  it("ends by Ctrl-C with nothing half-way", async () => {
    const { put, start, output, folder } = watching();
    put("pond.json", pondModel());
    const ended = start("pond.json", "--out", "pond");
    await output();
    process.emit("SIGINT", "SIGINT");
    expect(await ended).toBe(130);
    expect(fs.readdirSync(join(folder, "pond")).filter((name) => name.startsWith(".clientsmith"))).toEqual([]);
  });

  it("has no sense with --check", async () => {
    const ran = await workplace().run("generate", "pond.json", "--out", "pond", "--watch", "--check");
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining("--watch and --check cannot be combined.") });
  });
});
