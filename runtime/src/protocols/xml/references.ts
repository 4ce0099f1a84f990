const named: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

const numeric = /^#(?:x[\dA-Fa-f]+|\d+)$/;

/**
 * Text with the characters that its references stand for. Those to control characters, which XML 1.0 cannot say and 1.1 can,
 * are read, too: S3 sends them, for keys that hold such characters, in documents of 1.0.
 *
 * @throws SyntaxError for one that stands for no character, for a document's own entities among them
 * @see https://www.w3.org/TR/xml/#sec-references
 */
export function readReferences(text: string): string {
  let at = text.indexOf("&");
  if (at < 0) return text;
  let result = "";
  let end = 0;
  for (; at >= 0; at = text.indexOf("&", end)) {
    const semicolon = text.indexOf(";", at);
    if (semicolon < 0) throw noCharacter();
    result += text.slice(end, at) + characterOf(text.slice(at + 1, semicolon));
    end = semicolon + 1;
  }
  return result + text.slice(end);
}

function characterOf(reference: string): string {
  const character = named.get(reference);
  if (character !== undefined) return character;
  const code = numeric.test(reference) ? Number(reference.replace("#x", "0x").replace("#", "")) : 0;
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw noCharacter();
  return String.fromCodePoint(code);
}

function noCharacter(): SyntaxError {
  return new SyntaxError("The text is not XML: an ampersand or a reference stands for no character");
}

/** @see https://www.w3.org/TR/xml/#sec-line-ends */
export function normalizeLineEnds(text: string): string {
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}
