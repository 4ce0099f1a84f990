import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { DiffReport } from "#generator/diff/report.js";
import { workplace } from "./support/harness.js";
import { pondModel } from "./support/model.js";

interface Shapes {
  readonly shapes: Record<string, { members: Record<string, object> }>;
}

/** The pond, and one where the frog has lost a member and can sing. */
function revisions(): readonly [object, object] {
  const [old, now] = [pondModel(), pondModel({ operations: ["Feed", "Watch", "Listen"], extraMember: "song" })];
  delete (now as Shapes).shapes["example.pond#Frog"]?.members["weight"];
  return [old, now];
}

function pond() {
  const place = workplace();
  const [old, now] = revisions();
  place.put("old.json", old);
  place.put("new.json", now);
  return place;
}

describe("diff", () => {
  it("lists changes by severity, with places, effects and a verdict", async () => {
    const { code, stdout, stderr } = await pond().run("diff", "old.json", "new.json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(`major
  \`Frog.weight\` (number) is gone.
    member-removed:Frog.weight (types major, behaviour major, on the wire) old.json:32:9

minor
  \`FeedInput.song\` (string) is new.
    member-added:FeedInput.song (types minor) new.json:53:9
  \`listen\` is new. With it 2 types that it alone uses.
    operation-added:listen (types minor) new.json:104:5

Verdict: major. 1 major, 4 minor; 1 on the wire.
`);
  });

  it("is coloured on a terminal alone", async () => {
    const { run, runOnTerminal } = pond();
    expect((await runOnTerminal({}, "diff", "old.json", "new.json")).stdout).toContain("\u001b[31m");
    expect((await runOnTerminal({ NO_COLOR: "1" }, "diff", "old.json", "new.json")).stdout).not.toContain("\u001b");
    expect((await run("diff", "old.json", "new.json")).stdout).not.toContain("\u001b");
  });

  it("prints JSON with every change and its location", async () => {
    const { stdout } = await pond().run("diff", "old.json", "new.json", "--format", "json");
    const report = JSON.parse(stdout) as DiffReport;
    expect(report).toMatchObject({ old: "old.json", new: "new.json", verdict: "major", outputs: "modelled", wire: 1 });
    expect(report.changes[0]).toEqual({
      id: "member-removed:Frog.weight",
      code: "member-removed",
      subject: "Frog.weight",
      message: "`Frog.weight` (number) is gone.",
      types: "major",
      behaviour: "major",
      wire: true,
      flags: [],
      operations: ["feed", "watch"],
      at: { side: "old", shapeId: "example.pond#Frog$weight" },
      level: "major",
      place: { file: "old.json", line: 32, column: 9 },
    });
  });

  it("prints a table in Markdown, and an entry for a changelog in terms of the API", async () => {
    const { run } = pond();
    const markdown = await run("diff", "old.json", "new.json", "--format", "markdown");
    expect(markdown.stdout).toContain("**major**: 1 major, 4 minor; 1 on the wire.");
    expect(markdown.stdout).toContain("| minor | `FeedInput.song` (string) is new. | types minor | new.json:53:9 |");
    const { stdout } = await run("diff", "old.json", "new.json", "--changelog", "--declared", "2.0.0");
    expect(stdout).toBe(`## 2.0.0

### Breaking

- \`Frog.weight\` (number) is gone. ([\`feed\`](src/operations/feed.ts), [\`watch\`](src/operations/watch.ts))

### Added

- \`feed\` accepts \`song\`. ([\`feed\`](src/operations/feed.ts))
- \`listen\` is new. ([\`listen\`](src/operations/listen.ts))
`);
  });

  it("fails by --fail-on, unless the changes are accepted with a reason", async () => {
    const { run, put } = pond();
    const diff = (...more: string[]) => run("diff", "old.json", "new.json", ...more);
    expect((await diff("--fail-on", "major")).code).toBe(1);
    put("accepted.json", { accepted: [{ change: "member-removed:Frog.weight", reason: "Nobody weighs frogs." }] });
    const accepted = await diff("--fail-on", "major", "--accept", "accepted.json");
    expect(accepted.code).toBe(0);
    expect(accepted.stdout).toContain("accepted: Nobody weighs frogs.");
    expect(accepted.stdout).toContain("Verdict: major.");
    expect((await diff("--fail-on", "minor", "--accept", "accepted.json")).code).toBe(1);
    put("accepted.json", { accepted: [{ change: "member-removed:Frog.tail", reason: "Gone." }] });
    const stale = await diff("--accept", "accepted.json");
    expect(stale.stderr).toBe("accepted.json: no change is member-removed:Frog.tail; its entry may be deleted.\n");
    put("accepted.json", { accepted: [{ change: "member-removed:Frog.weight" }] });
    expect(await diff("--accept", "accepted.json")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Entry 1"),
    });
  });

  it.each([
    ["1.4.0", 1, "The version 1.4.0 declares a minor change; the verdict is major."],
    ["2.0.0", 0, ""],
    ["0.2.0", 0, ""],
    ["0.2.1", 1, "The version 0.2.1 declares a minor change; the verdict is major."],
  ])("finds whether the version %s declares enough", async (version, code, message) => {
    const ran = await pond().run("diff", "old.json", "new.json", "--declared", version);
    expect(ran.code).toBe(code);
    expect(ran.stdout).toContain(message);
  });

  it("compares a generated package with a model, and knows the version and the options of the package", async () => {
    const { run } = pond();
    await run("generate", "old.json", "--out", "pond", "--outputs", "optional");
    const same = await run("diff", "pond", "old.json", "--format", "json");
    expect(JSON.parse(same.stdout)).toMatchObject({ outputs: "optional", changes: [] });
    const ran = await run("diff", "pond", "new.json", "--declared", "0.1.1");
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("The version 0.1.1 after 0.1.0 declares a minor change; the verdict is major.");
  });

  it("reads models of git revisions", async () => {
    const { run, put, folder } = pond();
    const git = (...argv: string[]) => execFileSync("git", argv, { cwd: folder, stdio: "pipe" });
    const [old, now] = revisions();
    git("init", "--quiet");
    put("model.json", old);
    git("add", "model.json");
    git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", "model");
    put("model.json", now);
    const ran = await run("diff", "git:HEAD:model.json", "model.json");
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain("git:HEAD:model.json:32:9");
    const missing = await run("diff", "git:HEAD:none.json", "model.json");
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("none.json") });
    const hostile = await run("diff", "git:--output=x:model.json", "model.json");
    expect(hostile).toMatchObject({ code: 1, stderr: expect.stringContaining("is not of the form git:REF:PATH") });
  });

  it("reports that two files with one model differ in nothing", async () => {
    const { run, put } = pond();
    put("copy.json", pondModel());
    expect((await run("diff", "old.json", "copy.json")).stdout).toBe("Verdict: none. Both are the same model.\n");
  });

  it.each([
    [["diff", "old.json"], "diff requires two models: clientsmith diff OLD NEW."],
    [["diff", "a", "b", "--format", "xml"], "--format requires one of text, json, markdown, not xml."],
    [["diff", "a", "b", "--fail-on", "never"], "--fail-on requires one of major, minor, patch, not never."],
    [["diff", "a", "b", "--declared", "next"], "--declared requires a version such as 1.2.0, not next."],
    [["diff", "a", "b", "--outputs", "closed"], "--outputs requires modelled or optional, not closed."],
  ])("%j is wrong, and the message states why", async (argv, message) => {
    const ran = await pond().run(...argv);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(message);
  });
});

describe("generate", () => {
  it("reports what a regeneration changes for callers", async () => {
    const { run } = pond();
    await run("generate", "old.json", "--out", "pond");
    const { stdout } = await run("generate", "new.json", "--out", "pond");
    expect(stdout).toContain("For callers: major (1 major, 4 minor).\n  `Frog.weight` (number) is gone.\n");
  });
});
