/** What XML cannot say in any way: zero, two code points that are no characters, and halves of surrogate pairs. */
const unsayable = /[\0\uFFFE\uFFFF]|\p{Surrogate}/u;

/**
 * In text: what would be markup, what a reader takes for the end of a line and so replaces, and control characters,
 * which only a reference can say.
 */
const inText = /[&<>\u2028]|(?!\t)\p{Control}/gu;

/** In an attribute besides: its quotes, and tabs, which a reader takes for spaces. */
const inAttribute = /[&<>"\u2028]|\p{Control}/gu;

const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const reference = (character: string): string =>
  named[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;

/**
 * The text of an element.
 *
 * @throws TypeError for text with what XML cannot say
 * @see https://www.w3.org/TR/xml/#charsets
 */
export function escapeText(text: string): string {
  return escape(text, inText);
}

/** The value of an attribute, without its double quotes. Throws as {@link escapeText} does. */
export function escapeAttribute(text: string): string {
  return escape(text, inAttribute);
}

function escape(text: string, special: RegExp): string {
  if (unsayable.test(text)) throw new TypeError("XML has no form for a text with such a character");
  return text.replaceAll(special, reference);
}
