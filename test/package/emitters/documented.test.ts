import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emitterNames } from "clientsmith";
import { describe, expect, it } from "vitest";
import { emitPackage } from "../../integration/emitters/support/emitted.js";
import { root } from "../../support/shared.js";

const page = readFileSync(join(root, "docs/outputs.md"), "utf8");
const { folder } = await emitPackage("documented", emitterNames);
const tsc = join(root, "node_modules/typescript/bin/tsc");
spawnSync(process.execPath, [tsc, "-p", folder]);

/** Programs of the page, each with what it prints. */
const programs = [...page.matchAll(/```ts\n((?:(?!```).)*)```\n\n```text\n(.*?)```/gs)];

describe("docs/outputs.md", () => {
  it("has a section for each output", () => {
    const sections = [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(sections.toSorted()).toEqual(emitterNames.toSorted());
  });

  it.each(
    programs.map(([, code = "", printed = ""]) => [
      code.split("\n").find((line) => line.startsWith("const")),
      code,
      printed,
    ]),
  )("shows what is printed by %s", (_line, code = "", printed = "") => {
    const file = join(folder, "example.mjs");
    // The package is not installed, so npx would not find its command.
    const command = `command: process.execPath, args: [${JSON.stringify(join(folder, "dist/mcp/command.js"))}]`;
    writeFileSync(file, code.replace('command: "npx", args: ["cloudtrail-mcp"]', command));
    const { stdout, stderr } = spawnSync(process.execPath, [file], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, AWS_REGION: "us-east-1", NO_COLOR: "1" },
    });
    expect(stderr).toBe("");
    expect(stdout).toBe(printed);
  });
});
