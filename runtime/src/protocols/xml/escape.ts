/** Characters that XML cannot represent: zero, two noncharacters, and halves of surrogate pairs. */
const unsayable = /[\0\uFFFE\uFFFF]|\p{Surrogate}/u;

/**
 * Escaped in text: markup, line ends that a reader would normalize, and control characters, which require a reference.
 */
const inText = /[&<>\u2028]|(?!\t)\p{Control}/gu;

/** Also escaped in attributes: quotes, and tabs, which a reader would replace by spaces. */
const inAttribute = /[&<>"\u2028]|\p{Control}/gu;

const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const reference = (character: string): string =>
  named[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;

/**
 * Escapes the text of an element.
 *
 * @throws URIError for text that XML cannot represent, as for text that UTF-8 cannot
 * @see https://www.w3.org/TR/xml/#charsets
 */
export function escapeText(text: string): string {
  return escape(text, inText);
}

/** Escapes the value of an attribute, without its quotes. Throws as {@link escapeText} does. */
export function escapeAttribute(text: string): string {
  return escape(text, inAttribute);
}

function escape(text: string, special: RegExp): string {
  if (unsayable.test(text)) throw new URIError("XML cannot represent a character of the text");
  return text.replaceAll(special, reference);
}
