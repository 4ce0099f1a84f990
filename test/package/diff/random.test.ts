import { readModel, readService } from "clientsmith";
import { describe, expect, it, vi } from "vitest";
import { picker, type RandomModel, randomModel } from "../compile/support/random-model.js";
import { judge, type Revisions } from "./support/oracle.js";
import { randomlyEdited } from "./support/random-edit.js";

// The layout of sources takes most of the time, and makes no difference to compilers.
vi.mock(import("#generator/emit/format.js"), () => ({ format: async (_path, text) => text }));

/** Further pairs: `DIFF_SEED=$RANDOM DIFF_PAIRS=200 npx vitest run test/package/diff/random`. */
const first = Number(process.env["DIFF_SEED"] ?? 1);
const amount = Number(process.env["DIFF_PAIRS"] ?? 40);

/** Without members that every object has: to the compiler, no literal can leave them out. */
function withoutInherited(model: RandomModel): RandomModel {
  const shapes = Object.entries(model.shapes).map(([id, shape]) => {
    const members = Object.entries(shape.members ?? {}).filter(([name]) => !(name in Object.prototype));
    return [id, shape.members ? { ...shape, members: Object.fromEntries(members) } : shape] as const;
  });
  return { ...model, shapes: Object.fromEntries(shapes) };
}

/** Random models and edits of theirs that are models too. */
function* pairs(): Generator<Revisions> {
  for (let seed = first; ; seed++) {
    const model = withoutInherited(randomModel(seed));
    const source = (name: string, shapes: object) => ({
      file: `${seed}-${name}.json`,
      text: JSON.stringify({ smithy: "2.0", shapes }),
    });
    const revisions = {
      name: String(seed),
      old: source("old", model.shapes),
      new: source("new", randomlyEdited(model, picker(seed))),
    };
    const isClient = ({ file, text }: Revisions["old"]): boolean => {
      const { model: read } = readModel({ file, text });
      return read !== undefined && readService(read).service !== undefined;
    };
    if (isClient(revisions.old) && isClient(revisions.new)) yield revisions;
  }
}

describe("random edits of random models", () => {
  it("are reported to break types exactly where the compiler reports an error", async () => {
    const chosen: Revisions[] = [];
    for (const pair of pairs()) {
      chosen.push(pair);
      if (chosen.length === amount) break;
    }
    const judged = await judge("random", chosen);
    const wrong = judged.filter(({ saysMajor, complaints }) => saysMajor !== complaints.length > 0);
    const why = wrong.map(({ name, saysMajor, complaints, changes }) => [
      name,
      saysMajor ? changes.filter(({ types }) => types === "major").map(({ id }) => id) : complaints.slice(0, 3),
    ]);
    expect(why).toEqual([]);
    const majors = judged.filter(({ saysMajor }) => saysMajor).length;
    expect(majors).toBeGreaterThan(judged.length / 5);
    expect(majors).toBeLessThan(judged.length);
  }, 900_000);
});
