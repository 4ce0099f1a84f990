import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LockedError, writePackage } from "#generator/write/index.js";
import { contents, facts, failingDisk, filesOf, put, stamps, temporaryFolder } from "./support/folder.js";

const oldFiles = filesOf({ "a.ts": "a1", "src/b.ts": "b", "src/gone/c.ts": "c", "src/d.ts": "d1" });
const newFiles = filesOf({ "a.ts": "a2", "src/b.ts": "b", "src/new/e.ts": "e", "src/d.ts": "d2" });
const newFacts = { ...facts, model: { hash: "h2", service: "a#S" } };
const stageName = ".clientsmith-stage";

/** A folder with the old files and a foreign one, and what it holds before and after. */
async function scene(): Promise<{ folder: string; before: Record<string, string>; after: Record<string, string> }> {
  const folder = temporaryFolder();
  await writePackage(folder, newFiles, newFacts);
  put(folder, "mine.txt", "mine");
  const after = contents(folder);
  await writePackage(folder, oldFiles, facts);
  return { folder, before: contents(folder), after };
}

async function countSteps(): Promise<number> {
  const { folder } = await scene();
  const { disk, steps } = failingDisk(() => false);
  await writePackage(folder, newFiles, { ...newFacts, disk });
  return steps();
}

/** Makes the lock look like that of a process that died. */
function killOwner(folder: string): void {
  for (const entry of fs.readdirSync(folder)) {
    const match = /^\.clientsmith-stage-\d+-(.*)$/.exec(entry);
    if (match) fs.renameSync(join(folder, entry), join(folder, `${stageName}-4194999-${match[1]}`));
  }
  const stage = join(folder, stageName);
  if (!fs.existsSync(stage)) return;
  for (const entry of fs.readdirSync(stage).filter((name) => name.startsWith("owner-"))) {
    fs.renameSync(join(stage, entry), join(stage, "owner-4194999-dead"));
  }
}

function leftovers(folder: string): string[] {
  return fs.readdirSync(folder).filter((name) => name.startsWith(stageName));
}

describe("a failure half-way", () => {
  it("leaves the old files whole, or the new where it came after the swap, whichever step fails", async () => {
    const total = await countSteps();
    expect(total).toBeGreaterThan(20);
    let old = 0;
    const { folder, before, after } = await scene();
    for (let at = 0; at < total; at += 1) {
      const { disk } = failingDisk((step) => step === at);
      const failure: unknown = await writePackage(folder, newFiles, { ...newFacts, disk }).catch(
        (error: unknown) => error,
      );
      expect(failure, `step ${at}`).toBeInstanceOf(Error);
      const found = Object.fromEntries(
        Object.entries(contents(folder)).filter(([path]) => !path.startsWith(stageName)),
      );
      const isOld = JSON.stringify(found) === JSON.stringify(before);
      expect(isOld ? before : after, `step ${at}`).toEqual(found);
      if (isOld) old += 1;
      killOwner(folder);
      await writePackage(folder, newFiles, newFacts);
      expect(contents(folder), `after step ${at}`).toEqual(after);
      await writePackage(folder, oldFiles, facts);
    }
    expect(old).toBeGreaterThan(total / 2);
  });

  it("removes the folder that it created", async () => {
    const parent = temporaryFolder();
    const { disk } = failingDisk((step) => step === 8);
    await expect(writePackage(join(parent, "x/y"), oldFiles, { ...facts, disk })).rejects.toThrow("injected");
    expect(fs.readdirSync(parent)).toEqual([]);
  });
});

describe("a process that dies half-way", () => {
  it("is repaired by the next run, to the new files or back to the old, whichever step it died at", async () => {
    const total = await countSteps();
    const { folder, before, after } = await scene();
    for (let at = 0; at < total; at += 1) {
      const { disk } = failingDisk((step) => step >= at);
      await expect(writePackage(folder, newFiles, { ...newFacts, disk }), `step ${at}`).rejects.toThrow();
      killOwner(folder);
      if (fs.existsSync(join(folder, stageName))) {
        await expect(writePackage(folder, newFiles, { ...newFacts, check: true })).rejects.toThrow(
          /Run clientsmith generate/,
        );
      }
      // Rejected for a foreign file, so that only the repair acts.
      const foreign = filesOf({ "mine.txt": "ours" });
      await expect(writePackage(folder, foreign, facts)).rejects.toMatchObject({ name: "WriteError" });
      const repaired = contents(folder);
      if (fs.existsSync(join(folder, "src/new/e.ts"))) expect(withoutLitter(repaired), `step ${at}`).toEqual(after);
      else expect(withoutLitter(repaired), `step ${at}`).toEqual(before);
      await writePackage(folder, newFiles, newFacts);
      expect(contents(folder), `after step ${at}`).toEqual(after);
      await writePackage(folder, oldFiles, facts);
    }
  });

  it("goes back where going on fails", async () => {
    const { folder, before } = await scene();
    const stage = join(folder, stageName);
    put(stage, "owner-4194999-dead", "");
    put(stage, "new/a.ts", "a2");
    put(stage, "journal.json", JSON.stringify({ writes: ["a.ts"], removals: ["src/d.ts"] }));
    const disk = {
      ...fs,
      renameSync: (from: fs.PathLike, to: fs.PathLike): void => {
        if (to === join(folder, "a.ts") && String(from).includes("new")) throw new Error("injected");
        fs.renameSync(from, to);
      },
    };
    await expect(writePackage(folder, newFiles, { ...newFacts, disk })).rejects.toThrow("injected");
    expect(contents(folder)).toEqual(before);
  });
});

function withoutLitter(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(`${stageName}-`)));
}

describe("the lock", () => {
  it("rejects a second writer while the first lives, and names it", async () => {
    const { folder, before } = await scene();
    // Another process that is alive as long as this one.
    const other = process.ppid;
    const lock = `owner-${other}-abc`;
    put(join(folder, stageName), lock, "");
    const attempt = writePackage(folder, newFiles, newFacts);
    await expect(attempt).rejects.toBeInstanceOf(LockedError);
    await expect(attempt).rejects.toThrow(new RegExp(`Process ${other} is writing`));
    expect(fs.readdirSync(join(folder, stageName))).toEqual([lock]);
    expect(contents(folder)).toMatchObject(before);
    // As that of a process that ended.
    killOwner(folder);
    await writePackage(folder, newFiles, newFacts);
    expect(leftovers(folder)).toEqual([]);
  });

  it("lets one of two writers in the same process through at a time", async () => {
    const { folder, after } = await scene();
    const results = await Promise.allSettled([
      writePackage(folder, newFiles, newFacts),
      writePackage(folder, newFiles, newFacts),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(contents(folder)).toEqual(after);
  });
});

describe("an abort", () => {
  it("while staging removes the stage and leaves the old files", async () => {
    const { folder } = await scene();
    const before = stamps(folder);
    const controller = new AbortController();
    const disk = {
      ...fs,
      writeFileSync: (...args: Parameters<typeof fs.writeFileSync>): void => {
        fs.writeFileSync(...args);
        if (String(args[0]).includes("new")) controller.abort(new Error("stop"));
      },
    };
    await expect(writePackage(folder, newFiles, { ...newFacts, disk, signal: controller.signal })).rejects.toThrow(
      "stop",
    );
    expect(stamps(folder)).toEqual(before);
    expect(leftovers(folder)).toEqual([]);
  });

  it("during the swap waits for its end", async () => {
    const { folder, after } = await scene();
    const controller = new AbortController();
    const disk = {
      ...fs,
      renameSync: (from: fs.PathLike, to: fs.PathLike): void => {
        fs.renameSync(from, to);
        if (to === join(folder, "a.ts")) controller.abort(new Error("stop"));
      },
    };
    await writePackage(folder, newFiles, { ...newFacts, disk, signal: controller.signal });
    expect(contents(folder)).toEqual(after);
  });
});
