import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { npm, npmInstall } from "../../support/npm.js";
import { root } from "../../support/shared.js";

const project = mkdtempSync(join(tmpdir(), "clientsmith-newcomer-"));
afterAll(() => rmSync(project, { recursive: true, force: true }));

interface Block {
  /** The name of the file that the text before introduces. */
  readonly file: string | undefined;
  readonly language: string;
  readonly text: string;
}

/** The code of a section, in its order. */
function blocksOf(document: string, heading: string): readonly Block[] {
  const section = readFileSync(join(root, document), "utf8")
    .split(/^## /m)
    .find((each) => each.startsWith(heading));
  const blocks = [...(section ?? "").matchAll(/([^\n]*)\n\n```(\w+)\n(.*?)^```$/gms)];
  return blocks.map(([, before = "", language = "", text = ""]) => ({
    file: language === "sh" || language === "text" ? undefined : /`([\w.]+)`/.exec(before)?.[1],
    language,
    text,
  }));
}

/** The packages as they would be published. */
function pack(folder: string): string {
  const destination = join(root, ".cache/newcomer");
  mkdirSync(destination, { recursive: true });
  const name = npm(
    join(root, folder),
    "pack",
    "--silent",
    "--ignore-scripts",
    "--pack-destination",
    destination,
  ).trim();
  return join(destination, name);
}

/** Output without what differs from run to run. */
const steady = (output: string): string =>
  output
    .trim()
    .replaceAll(/ in [\d.]+ ?m?s$/gm, " in T")
    .replace(/^added \d+ packages/, "added N packages");

it("the path from a model to a call is as documented, command by command, within five minutes", (context) => {
  const blocks = blocksOf("docs/services-outside-aws.md", "From a model to a call");
  const started = performance.now();
  let commands = 0;
  for (const [index, { file, language, text }] of blocks.entries()) {
    if (file !== undefined) writeFileSync(join(project, file), text);
    if (language !== "sh") continue;
    commands++;
    const next = blocks[index + 1];
    const expected = next?.language === "text" ? next.text : "";
    if (text.startsWith("npm install ")) {
      const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        readonly devDependencies: Readonly<Record<string, string>>;
      };
      const packages = text
        .trim()
        .split(" ")
        .slice(2)
        .filter((word) => !word.startsWith("--"));
      expect(packages).toEqual(["clientsmith", "@clientsmith/runtime", "typescript", "@types/node"]);
      const wanted = ["generator", "runtime"].map(pack);
      const others = ["typescript", "@types/node"].map((name) => `${name}@${devDependencies[name]}`);
      writeFileSync(join(project, "package.json"), "{}");
      const isInstalled = npmInstall(project, ["install", ...wanted, ...others], "the documented path of a newcomer");
      context.skip(!isInstalled);
      continue;
    }
    const [command = "", ...words] = text.trim().split(" ");
    const { error, status, stdout, stderr } = spawnSync(command, words, { cwd: project, encoding: "utf8" });
    if (error) throw error;
    expect({ command: text, status, output: steady(stdout + stderr) }).toEqual({
      command: text,
      status: 0,
      output: steady(expected),
    });
  }
  expect(commands).toBe(5);
  expect(blocks.filter(({ file }) => file !== undefined).map(({ file }) => file)).toEqual([
    "greeter.smithy",
    "call.mjs",
  ]);
  expect(performance.now() - started).toBeLessThan(300_000);
}, 300_000);
