import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { sharedPath } from "../../support/shared.js";
import { judge, type Revisions } from "./support/oracle.js";

// The layout of sources takes most of the time, and makes no difference to compilers.
vi.mock(import("#generator/emit/format.js"), () => ({ format: async (_path, text) => text }));

const history = sharedPath("conformance/api-history");

/** Pairs where the comparison and the compiler disagree, and why the comparison is right all the same. */
const disagreements: Readonly<Record<string, string>> = {};

function revisionsIn(folder: string): Revisions[] {
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as readonly { readonly name: string }[];
  const source = (file: string) => ({ file, text: readFileSync(join(folder, file), "utf8") });
  return index.map(({ name }) => ({ name, old: source(`${name}.old.json`), new: source(`${name}.new.json`) }));
}

describe.skipIf(history === undefined)("consecutive revisions of published models", () => {
  it("are said to break types exactly where a program that uses all of the old client does not compile with the new one", async () => {
    const revisions = revisionsIn(history ?? "");
    expect(revisions).toHaveLength(30);
    const judged = await judge("history", revisions);
    const wrong = judged.flatMap(({ name, saysMajor, complaints, changes }) => {
      if (saysMajor === complaints.length > 0) return [];
      const why = saysMajor ? changes.filter(({ types }) => types === "major").map(({ id }) => id) : complaints;
      return [[name, why.slice(0, 3)] as const];
    });
    expect(Object.fromEntries(wrong)).toEqual(disagreements);
    expect(judged.filter(({ saysMajor }) => saysMajor).length).toBeGreaterThan(20);
  }, 900_000);
});
