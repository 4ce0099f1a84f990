import { describe, expect, it } from "vitest";
import { compareClients } from "#generator/diff/compare.js";
import { readSnapshot, snapshotText } from "#generator/diff/snapshot.js";
import { changesBy, shortly, sideOf } from "./support/lake.js";
import { rows } from "./support/rows.js";

const sorted = (texts: readonly string[]): string[] => texts.toSorted();

describe("what a change of the model changes for callers", () => {
  it.each(rows)("$name", ({ base, edit, changes, optional }) => {
    expect(sorted(changesBy(edit, "modelled", base).map(shortly))).toEqual(sorted(changes));
    const asOptional = optional ?? changes.filter((text) => !text.endsWith("mocks"));
    expect(sorted(changesBy(edit, "optional", base).map(shortly))).toEqual(sorted(asOptional));
  });

  it("is nothing where nothing changed", () => {
    expect(changesBy(() => undefined)).toEqual([]);
  });

  it("names the header of an API key that is now sent in another one", () => {
    const keyIn = (name: string) =>
      sideOf([(lake) => Object.assign(lake.traits("Lake"), { "smithy.api#httpApiKeyAuth": { name, in: "header" } })]);
    const [change, ...others] = compareClients(keyIn("x-old"), keyIn("x-new"));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ code: "auth-changed", wire: true });
    expect(change?.message).toBe(
      'Requests are authenticated by sigv4, httpApiKeyAuth {"name":"x-new","in":"header"}, before by sigv4, httpApiKeyAuth {"name":"x-old","in":"header"}.',
    );
  });

  it("is reported with identifiers that are there once", () => {
    for (const { base, edit } of rows) {
      const ids = changesBy(edit, "modelled", base).map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)]);
    }
  });

  it("is the same where the old client is known by what its package keeps", () => {
    for (const { base = () => undefined, edit } of rows) {
      const [old, now] = [sideOf([base]), sideOf([base, edit])];
      const kept = readSnapshot(snapshotText(old.facts));
      if (!kept) throw new Error("The snapshot cannot be read");
      expect(compareClients({ ...old, facts: kept }, now)).toEqual(compareClients(old, now));
    }
  });
});
