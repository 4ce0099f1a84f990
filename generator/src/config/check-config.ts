import { emitterProblem } from "../emitters/index.js";
import { nearest } from "../text/nearest.js";
import { isRecord } from "../write/disk.js";
import type { ClientsmithConfig } from "./define-config.js";

interface Kind {
  readonly words: string;
  readonly accepts: (value: unknown) => boolean;
  /** What is wrong with an accepted value. */
  readonly problems?: (value: unknown) => readonly string[];
}

const text: Kind = { words: "a text", accepts: (value) => typeof value === "string" && value !== "" };
const texts: Kind = {
  words: "a list of texts",
  accepts: (value) => Array.isArray(value) && value.every((each) => text.accepts(each)),
};

const defaultKeys: Readonly<Record<string, Kind>> = {
  overlays: texts,
  plugins: texts,
  emit: {
    ...texts,
    problems: (value) => (value as readonly string[]).flatMap((name) => emitterProblem(name) ?? []),
  },
  protocol: text,
  outputs: { words: '"modelled" or "optional"', accepts: (value) => value === "modelled" || value === "optional" },
};

const clientKeys: Readonly<Record<string, Kind>> = {
  ...defaultKeys,
  model: {
    words: 'a path, or an object with "package" and "path"',
    accepts: (value) =>
      text.accepts(value) || (isRecord(value) && ["package", "path"].every((key) => text.accepts(value[key]))),
  },
  out: text,
  package: text,
  service: text,
  operations: texts,
};

const configKeys: Readonly<Record<string, Kind>> = {
  clients: { words: "a list of clients", accepts: (value) => Array.isArray(value) && value.every(isRecord) },
  defaults: { words: "an object", accepts: isRecord },
};

/** Everything that is wrong with a config, each with its location; empty for a valid config. */
export function configProblems(value: unknown): string[] {
  if (!isRecord(value)) return ['The config must be an object with "clients".'];
  const problems = problemsOf(value, configKeys, "", ["clients"]);
  if (isRecord(value["defaults"])) problems.push(...problemsOf(value["defaults"], defaultKeys, "defaults.", []));
  const clients: unknown = value["clients"];
  if (Array.isArray(clients)) {
    for (const [index, client] of clients.entries()) {
      if (isRecord(client)) problems.push(...problemsOf(client, clientKeys, `clients[${index}].`, ["model", "out"]));
    }
  }
  return problems;
}

/** Whether a value that was checked is a config. */
export function isConfig(value: unknown): value is ClientsmithConfig {
  return configProblems(value).length === 0;
}

function problemsOf(
  value: Readonly<Record<string, unknown>>,
  kinds: Readonly<Record<string, Kind>>,
  path: string,
  needed: readonly string[],
): string[] {
  const known = Object.keys(kinds);
  const found = Object.entries(value).flatMap(([key, each]) => {
    const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
    if (!kind) {
      const near = nearest(key, known);
      const advice = near === undefined ? `Known are ${known.join(", ")}.` : `Did you mean ${near}?`;
      return [`Unknown key ${path}${key}. ${advice}`];
    }
    if (each === undefined) return [];
    if (!kind.accepts(each)) return [`${path}${key} must be ${kind.words}.`];
    return (kind.problems?.(each) ?? []).map((problem) => `${path}${key}: ${problem}`);
  });
  const missing = needed.filter((key) => value[key] === undefined).map((key) => `${path}${key} is missing.`);
  return [...found, ...missing];
}
