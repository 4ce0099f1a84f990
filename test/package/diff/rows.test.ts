import { describe, expect, it, vi } from "vitest";
import { Draft } from "../../unit/generator/diff/support/lake.js";
import { rows } from "../../unit/generator/diff/support/rows.js";
import { judge } from "./support/oracle.js";

// The layout of sources takes most of the time, and makes no difference to compilers.
vi.mock(import("#generator/emit/format.js"), () => ({ format: async (_path, text) => text }));

describe("changes that history lacks", () => {
  it("are reported to break types exactly where the compiler reports an error", async () => {
    const revisions = rows.map(({ name, base, edit }) => {
      const [old, now] = [new Draft(), new Draft()];
      base?.(old);
      base?.(now);
      edit(now);
      return { name, old: { file: "old.json", text: old.text() }, new: { file: "new.json", text: now.text() } };
    });
    const judged = await judge("rows", revisions);
    const wrong = judged.filter(({ saysMajor, complaints }) => saysMajor !== complaints.length > 0);
    expect(wrong.map(({ name, complaints }) => [name, complaints.slice(0, 2)])).toEqual([]);
    expect(judged.filter(({ saysMajor }) => saysMajor).length).toBeGreaterThan(60);
  }, 900_000);
});
