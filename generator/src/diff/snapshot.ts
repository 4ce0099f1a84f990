import type { ServiceFacts } from "./facts.js";

/** File in a generated package that keeps the facts of its client, for the next comparison. */
export const snapshotName = "clientsmith.facts.json";

const format = 1;

/** One line a shape and an operation, so that a change of the model is a small change here. */
export function snapshotText(facts: ServiceFacts): string {
  const fields = Object.entries({ format, ...facts }).map(([name, value]) => {
    const isTable = name === "operations" || name === "shapes" || name === "errors";
    return `${JSON.stringify(name)}: ${isTable ? table(value as object) : JSON.stringify(value)}`;
  });
  return `{\n${fields.join(",\n")}\n}\n`;
}

function table(entries: object): string {
  const lines = Object.entries(entries).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n}`;
}

/** The facts of a snapshot; undefined where it is of another format or none at all. */
export function readSnapshot(text: string): ServiceFacts | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== format) return undefined;
  const { format: _format, ...facts } = value;
  return facts as ServiceFacts;
}
