/** A record's own entry: names of a model may be those that every object has. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, name: string | undefined): T | undefined {
  return record !== undefined && name !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Whether two values of JSON are equal, whatever the order of their fields. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [ours, theirs] = [Object.entries(left), Object.entries(right)];
  const others = new Map<string, unknown>(theirs);
  return (
    ours.length === theirs.length && ours.every(([key, value]) => others.has(key) && isSame(value, others.get(key)))
  );
}
