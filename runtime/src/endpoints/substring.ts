/**
 * The characters from `start` up to `stop`, counted from the end where `reverse` is set; undefined where the text is
 * shorter than `stop` or holds anything but ASCII.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#substring-function
 */
export function substring(input: string, start: number, stop: number, reverse: boolean): string | undefined {
  const { length } = input;
  if (start >= stop || length < stop || /[^\0-\x7f]/.test(input)) return undefined;
  return reverse ? input.slice(length - stop, length - start) : input.slice(start, stop);
}
