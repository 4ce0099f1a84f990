/** Productions of XML 1.0. Sticky expressions match at `lastIndex`. */

/** 2 for an ASCII character that may start a name, 1 for one that may follow. */
export const nameCharacters = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[:A-Z_a-z]/.test(character) ? 2 : /[-.\d]/.test(character) ? 1 : 0;
});

/** @see https://www.w3.org/TR/xml/#NT-Name */
export const aName =
  /[:A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}][\u0300-\u036F\xB7\u203F\u2040\-.\d:A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]*/uy;
export const space = /[ \t\r\n]*/y;
export const equals = /[ \t\r\n]*=[ \t\r\n]*/y;
export const quoted = /"[^<"]*"|'[^<']*'/y;
export const declaration =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.\d+"|'1\.\d+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][-\w.]*"|'[A-Za-z][-\w.]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y;
/** Matches the end of, or nesting in, a document type declaration. */
export const doctypeStop = /["'<>[\]]/g;
