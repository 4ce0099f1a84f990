import { ConfigurationError } from "../errors/client.js";
import { nearest } from "../text/nearest.js";
import { adviceOn } from "./option-advice.js";

/** What an option must be: in words, as a test of a value, and the options inside it. */
export type OptionRule = readonly [
  wanted: string,
  test: (value: unknown) => unknown,
  inside?: Readonly<Record<string, OptionRule>>,
];

/** The options of one kind by name; `undefined` for one that is checked elsewhere. */
export type OptionRules = Readonly<Record<string, OptionRule | undefined>>;

/**
 * Throws a `TypeError` for options that are no object, and for an unknown one, saying what to do instead.
 *
 * @param others names that are options of `otherOwner`
 */
export function refuseUnknownOptions(
  given: object,
  known: Iterable<string>,
  owner: string,
  others?: OptionRules,
  otherOwner?: string,
): void {
  if (typeof given !== "object" || (given as object | null) === null) {
    throw new TypeError(`${owner}: options must be an object, but are ${String(given)}`);
  }
  const names = [...known];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || names.includes(name)) continue;
    const near = nearest(name, names);
    const advice =
      others && Object.hasOwn(others, name)
        ? `it is an option of ${otherOwner}`
        : (adviceOn(name) ?? (near ? `use ${near}` : `known options: ${names.join(", ")}`));
    throw new TypeError(`${owner} has no option "${name}"; ${advice}`);
  }
}

/** Throws a `ConfigurationError` for an option whose value does not pass its rule. */
export function checkOptions(given: object, rules: OptionRules, prefix = ""): void {
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (value === undefined || !rule) continue;
    const [wanted, test, inside] = rule;
    const label = prefix + name;
    if (!test(value)) {
      const shown = typeof value === "object" ? (value === null ? "null" : "another object") : JSON.stringify(value);
      throw new ConfigurationError(`${label} must be ${wanted}, but is ${shown ?? String(value)}`);
    }
    if (!inside || typeof value !== "object" || value === null) continue;
    refuseUnknownOptions(value, Object.keys(inside), label);
    checkOptions(value, inside, `${label}.`);
  }
}
