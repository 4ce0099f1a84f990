const numeric = /^#(?:x[\dA-Fa-f]+|\d+)$/;

/**
 * Resolves the references in a text. References to control characters, which XML 1.1 allows and XML 1.0 does not, are
 * accepted: S3 sends them in 1.0 documents, for keys that contain such characters.
 *
 * @throws SyntaxError for an invalid reference, including a document's own entities
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
  // Not from a map, for which the text would be hashed.
  switch (reference) {
    case "quot":
      return '"';
    case "amp":
      return "&";
    case "lt":
      return "<";
    case "gt":
      return ">";
    case "apos":
      return "'";
  }
  const code = numeric.test(reference) ? Number(reference.replace("#x", "0x").replace("#", "")) : 0;
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw noCharacter();
  return String.fromCodePoint(code);
}

function noCharacter(): SyntaxError {
  return new SyntaxError("The text is not XML: an invalid ampersand or reference");
}

/** @see https://www.w3.org/TR/xml/#sec-line-ends */
export function normalizeLineEnds(text: string): string {
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}
