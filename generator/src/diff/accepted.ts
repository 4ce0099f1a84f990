import { isRecord } from "../write/disk.js";
import type { Change } from "./change.js";

/** Reasons by the identifier of the change that they accept. */
export type Accepted = ReadonlyMap<string, string>;

/**
 * Reads a file of accepted changes: `{ "accepted": [{ "change": "member-removed:Trail.LogFile", "reason": "…" }] }`.
 *
 * @throws Error that states what is wrong with it
 */
export function readAccepted(text: string): Accepted {
  const value: unknown = JSON.parse(text);
  const list = isRecord(value) ? value["accepted"] : undefined;
  if (!Array.isArray(list)) throw new Error('It must have a list "accepted" of objects with "change" and "reason".');
  return new Map(
    list.map((entry: unknown, index) => {
      const { change, reason } = isRecord(entry) ? entry : {};
      if (typeof change !== "string" || typeof reason !== "string" || reason.trim() === "") {
        throw new Error(
          `Entry ${index + 1} of "accepted" must have "change", the identifier of a change, and a "reason".`,
        );
      }
      return [change, reason] as const;
    }),
  );
}

/** Identifiers that are accepted and that no change has: they may be deleted. */
export function staleAcceptances(accepted: Accepted, changes: readonly Change[]): string[] {
  const ids = new Set(changes.map(({ id }) => id));
  return [...accepted.keys()].filter((id) => !ids.has(id));
}
