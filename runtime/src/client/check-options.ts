import { isAnyObject } from "../text/any-object.js";
import { ConfigurationError } from "../errors/client.js";
import { nearest } from "../text/nearest.js";
import { adviceOn } from "./option-advice.js";

/** The rule of an option: a description for messages, a test of the value, and the rules of nested options. */
export type OptionRule = readonly [
  wanted: string,
  test: (value: unknown) => unknown,
  inside?: Readonly<Record<string, OptionRule>>,
];

/** The options of one kind by name; `undefined` for one that is checked elsewhere. */
export type OptionRules = Readonly<Record<string, OptionRule | undefined>>;

/**
 * Throws a `TypeError` for options that are not an object, and for an unknown option, with advice.
 *
 * @param others names that are options of `otherOwner`
 */
export function rejectUnknownOptions(
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
        : (adviceOn(name, names) ?? (near ? `use ${near}` : `known options: ${names.join(", ")}`));
    throw new TypeError(`${owner} has no option "${name}"; ${advice}`);
  }
}

/** Throws a `ConfigurationError` for an option with an invalid value. */
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
    if (!inside || !isAnyObject(value)) continue;
    rejectUnknownOptions(value, Object.keys(inside), label);
    checkOptions(value, inside, `${label}.`);
  }
}
