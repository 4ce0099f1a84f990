/**
 * The parts between delimiters, at most `limit` of them: the last holds the rest. A limit of 0 is none.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#split-function
 */
export function split(value: string, delimiter: string, limit: number): readonly string[] {
  const parts = value.split(delimiter);
  if (limit === 0 || parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(delimiter)];
}
