/** Descriptors as data that can be compared: what is behind a function where it is used, circles by their names. */
export function shown(value: unknown, open: ReadonlySet<unknown> = new Set()): unknown {
  if (typeof value === "function") {
    if ("shape" in value) return { class: value.name, shape: shown(value.shape, open) };
    return value.length === 0 ? shown((value as () => unknown)(), open) : "a function";
  }
  if (typeof value !== "object" || value === null) return value;
  if (open.has(value)) return { circle: (value as { readonly name?: unknown }).name };
  const inside = new Set([...open, value]);
  if (Array.isArray(value)) return value.map((item) => shown(item, inside));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each, inside)]));
}
