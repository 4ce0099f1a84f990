/**
 * Returns a text that is to be encoded in UTF-8. Encoders would replace half of a surrogate pair, so that another text
 * is sent.
 *
 * @throws URIError for half of a surrogate pair, as `encodeURIComponent` does
 */
export function representable(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new URIError("UTF-8 cannot represent half of a surrogate pair");
  return text;
}
