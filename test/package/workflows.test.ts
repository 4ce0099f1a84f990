import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../support/shared.js";

const folder = join(root, ".github/workflows");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

describe.each(readdirSync(folder))("the workflow %s", (name) => {
  const text = readFileSync(join(folder, name), "utf8");
  const commands = [...text.matchAll(/^\s*- run: (.+)$/gm)].map((match) => match[1] ?? "");

  it("runs scripts, tests and programs that are there", () => {
    expect(commands).toContain("npm ci");
    for (const command of commands) {
      const script = /^npm (?:run )?(check|release|test|start)\b/.exec(command)?.[1];
      if (script !== undefined) expect(scripts).toHaveProperty(script);
      // A built program is there as its source.
      for (const [path] of command.matchAll(/\b(?:test|examples)\/[\w./-]+/g)) {
        expect(existsSync(join(root, path.replace(/\/dist\/(\w+)\.js$/, "/$1.ts"))), path).toBe(true);
      }
    }
  });

  it("grants nothing but reading to a job that does not publish", () => {
    const grants = [...text.matchAll(/^\s+[\w-]+: (?:write|write-all)$/gm)].map(([line]) => line.trim());
    expect(grants).toEqual(name === "publish.yml" ? ["id-token: write"] : []);
  });
});

it("each folder whose dependencies are updated has a lockfile", () => {
  const text = readFileSync(join(root, ".github/dependabot.yml"), "utf8");
  const folders = [...text.matchAll(/^ {4}directories: \[(.+)\]$/gm)].flatMap((match) => match[1]?.split(", ") ?? []);
  expect(folders.length).toBeGreaterThan(0);
  expect(folders.filter((path) => !existsSync(join(root, path, "package-lock.json")))).toEqual([]);
});
