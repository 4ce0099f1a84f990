import { describe, expect, it } from "vitest";
import { compareClients } from "#generator/diff/compare.js";
import { readSnapshot, snapshotText } from "#generator/diff/snapshot.js";
import { changesBy, modelOf, shortly, sideOf } from "./support/lake.js";
import { rows } from "./support/rows.js";

const sorted = (texts: readonly string[]): string[] => texts.toSorted();

describe("what a change of the model changes for callers", () => {
  it.each(rows)("$name", ({ edit, changes, optional }) => {
    expect(sorted(changesBy(edit).map(shortly))).toEqual(sorted(changes));
    const asOptional = optional ?? changes.filter((text) => !text.endsWith("mocks"));
    expect(sorted(changesBy(edit, "optional").map(shortly))).toEqual(sorted(asOptional));
  });

  it("is nothing where nothing changed", () => {
    expect(changesBy(() => undefined)).toEqual([]);
  });

  it("is reported with identifiers that are there once", () => {
    for (const { edit } of rows) {
      const ids = changesBy(edit).map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)]);
    }
  });

  it("is the same where the old client is known by what its package keeps", () => {
    for (const { edit } of rows) {
      const [old, now] = [sideOf(modelOf()), sideOf(modelOf(edit))];
      const kept = readSnapshot(snapshotText(old.facts));
      if (!kept) throw new Error("The snapshot cannot be read");
      expect(compareClients({ ...old, facts: kept }, now)).toEqual(compareClients(old, now));
    }
  });
});
