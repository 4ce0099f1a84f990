import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { difference, stamps, workplace } from "./support/harness.js";
import { pondModel, type PondOptions } from "./support/model.js";

/** A generated pond, and a way to regenerate it from a changed model that says which files changed. */
async function pond(options: PondOptions = {}): Promise<{
  place: ReturnType<typeof workplace>;
  out: string;
  regenerate: (options: PondOptions, ...argv: string[]) => Promise<{ code: number; stdout: string; touched: string[] }>;
}> {
  const place = workplace();
  const out = join(place.folder, "out");
  place.put("pond.json", pondModel(options));
  const { code, stderr } = await place.run("generate", "pond.json", "--out", "out");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return {
    place,
    out,
    regenerate: async (changed, ...argv) => {
      const before = stamps(out);
      place.put("pond.json", pondModel(changed));
      const { code: exit, stdout } = await place.run("generate", "pond.json", "--out", "out", ...argv);
      return { code: exit, stdout, touched: difference(before, stamps(out)) };
    },
  };
}

describe("regenerating", () => {
  it("touches nothing where the model is the same", async () => {
    const { regenerate } = await pond();
    const { code, stdout, touched } = await regenerate({});
    expect({ code, touched }).toEqual({ code: 0, touched: [] });
    expect(stdout).toMatch(/^0 files written, \d+ unchanged, 0 removed in \d+\.\d s\n$/);
  });

  it("touches an operation's module alone where it gains a member", async () => {
    const { regenerate } = await pond();
    const { stdout, touched } = await regenerate({ extraMember: "snack" });
    expect(touched).toEqual(["clientsmith.facts.json", "clientsmith.json", "src/operations/feed.ts"]);
    expect(stdout).toMatch(
      /^(changed clientsmith\S+\n){2}changed src\/operations\/feed\.ts\nFor callers: minor \(1 minor\)\.\n3 files written, /,
    );
  });

  const listings = [
    "README.md",
    "clientsmith.facts.json",
    "clientsmith.json",
    "src/QuietPond.ts",
    "src/classic.ts",
    "src/index.ts",
    "src/model.ts",
  ];

  it("touches the new operation's module and the listings where an operation is added", async () => {
    const { regenerate } = await pond();
    const { touched } = await regenerate({ operations: ["Feed", "Watch", "Drain"] });
    expect(touched).toEqual([...listings, "src/operations/drain.ts"]);
  });

  it("removes the module of an operation that is gone", async () => {
    const { out, regenerate } = await pond({ operations: ["Feed", "Watch", "Drain"] });
    const { stdout, touched } = await regenerate({});
    expect(stdout).toContain("removed src/operations/drain.ts\n");
    expect(stdout).toMatch(/, 1 removed in/);
    expect(fs.existsSync(join(out, "src/operations/drain.ts"))).toBe(false);
    expect(touched).toEqual([...listings, "src/operations/drain.ts"]);
  });

  it("reports a file that was edited by hand, and overwrites it only when forced", async () => {
    const { place, out, regenerate } = await pond();
    const file = join(out, "src/operations/feed.ts");
    fs.appendFileSync(file, "// mine\n");
    const rejected = await place.run("generate", "pond.json", "--out", "out");
    expect(rejected.code).toBe(1);
    expect(rejected.stderr).toContain(
      `${file}: it was edited by hand; move the edit elsewhere, or --force overwrites it`,
    );
    expect(rejected.stdout).toMatch(/; 1 of 1 model failed: pond\.json\n$/);
    expect(fs.readFileSync(file, "utf8")).toMatch(/\/\/ mine\n$/);
    const { code, touched } = await regenerate({}, "--force");
    expect({ code, touched }).toEqual({ code: 0, touched: ["src/operations/feed.ts"] });
  });
});

describe("--check and --dry-run", () => {
  it("--check passes on current files and names each file that differs, is missing or is left over", async () => {
    const { place, out, regenerate } = await pond({ operations: ["Feed", "Watch", "Drain"] });
    const current = await place.run("generate", "pond.json", "--out", "out", "--check");
    expect(current.code).toBe(0);
    expect(current.stdout).toMatch(/^0 different, 0 missing, 0 left over, \d+ up to date in /);
    fs.rmSync(join(out, "tsconfig.json"));
    const { code, stdout, touched } = await regenerate({}, "--check");
    expect({ code, touched }).toEqual({ code: 1, touched: [] });
    const lines = [
      "missing tsconfig.json",
      "differs clientsmith.json",
      "differs src/index.ts",
      "left over src/operations/drain.ts",
    ];
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(lines));
    expect(stdout).toMatch(/1 missing, 1 left over, .*: run clientsmith generate without --check\n$/);
  });

  it("--check reports what was edited by hand, and what to do", async () => {
    const { place, out } = await pond();
    fs.appendFileSync(join(out, "src/operations/feed.ts"), "// mine\n");
    const { code, stdout } = await place.run("generate", "pond.json", "--out", "out", "--check");
    expect(code).toBe(1);
    expect(stdout).toContain(
      "differs src/operations/feed.ts: it was edited by hand; move the edit elsewhere, or --force",
    );
    expect(stdout).toMatch(/: move your edits elsewhere, then run clientsmith generate --force without --check\n$/);
  });

  it("--dry-run lists and writes nothing", async () => {
    const { regenerate } = await pond();
    const { code, stdout, touched } = await regenerate({ extraMember: "snack" }, "--dry-run");
    expect({ code, touched }).toEqual({ code: 0, touched: [] });
    expect(stdout).toMatch(
      /changed src\/operations\/feed\.ts\nFor callers: minor \(1 minor\)\.\n3 files to be written, \d+ unchanged, 0 to be removed in/,
    );
  });
});
