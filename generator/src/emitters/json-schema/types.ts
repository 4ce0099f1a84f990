/** A JSON Schema as plain data. */
export type Schema = Readonly<Record<string, unknown>>;

/**
 * `input`: strict, as the validators are. `output`: types alone, because services return newer members and values, and
 * relax their limits.
 */
export type Direction = "input" | "output";
