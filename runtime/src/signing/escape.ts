/** Percent-encodes all but RFC 3986's unreserved characters, in upper-case hexadecimal; optionally keeps `/`. */
export function escapeUri(text: string, keepSlash = false): string {
  const needless = keepSlash ? /^[A-Za-z0-9\-._~/]*$/ : /^[A-Za-z0-9\-._~]*$/;
  if (needless.test(text)) return text;
  const escaped = encodeURIComponent(text).replace(/[!'()*]/g, (character) => hexEscape(character.charCodeAt(0)));
  return keepSlash ? escaped.replaceAll("%2F", "/") : escaped;
}

/**
 * Normalizes text that is already percent-encoded to the canonical form: existing escapes are kept (in upper case, and
 * decoded for unreserved characters), all other characters that are not unreserved are encoded. A `%` that starts no
 * escape is literal.
 */
export function normalizeEscapes(text: string, keepSlash = false): string {
  if (!/[^A-Za-z0-9\-._~]/.test(text)) return text;
  return text.replace(/%([0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~]/gu, (match, hex: string | undefined) => {
    if (hex === undefined) return escapeUri(match, keepSlash);
    const code = Number.parseInt(hex, 16);
    const character = String.fromCharCode(code);
    return /[A-Za-z0-9\-._~]/.test(character) ? character : hexEscape(code);
  });
}

function hexEscape(code: number): string {
  return `%${code.toString(16).toUpperCase().padStart(2, "0")}`;
}
