import { parse, type ParseError, printParseErrorCode, visit } from "jsonc-parser";
import { printable } from "../source/quote.js";
import type { Report } from "../source/report.js";
import type { Source } from "../source/source.js";

/** Max nesting of JSON: above that of any real model, and below what would overflow the stack of recursive readers. */
const deepest = 500;
/** Max number of reported syntax errors. Later ones are usually consequences of the first. */
const mostSyntaxErrors = 10;

/** Parses a JSON file. If it is invalid, reports the syntax errors and returns undefined. */
export function parseJson(source: Source, report: Report): { readonly value: unknown } | undefined {
  const tooDeep = findTooDeep(source.text);
  if (tooDeep !== undefined) {
    const message = `The file nests deeper than ${deepest} levels, which no model does.`;
    report.add({ code: "nested-too-deep", message, location: { source, offset: tooDeep } });
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(source.text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    reportSyntaxErrors(source, error, report);
    return undefined;
  }
  reportDuplicateKeys(source, report);
  return { value };
}

/** Offset at which brackets nest too deep. Counted without recursion, because all later readers recurse. */
function findTooDeep(text: string): number | undefined {
  let depth = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset];
    if (character === '"') offset = endOfString(text, offset);
    else if (character === "{" || character === "[") {
      if (++depth > deepest) return offset;
    } else if (character === "}" || character === "]") depth--;
  }
  return undefined;
}

/** Offset of the quote that ends a string, or of the end of the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

const expectations: ReadonlyMap<string, string> = new Map([
  ["InvalidSymbol", "this is not a JSON literal"],
  ["InvalidNumberFormat", "this is not a JSON number"],
  ["PropertyNameExpected", "a property name in double quotes is expected here"],
  ["ValueExpected", "a value is expected here"],
  ["ColonExpected", "a colon is expected here"],
  ["CommaExpected", "a comma is expected here"],
  ["CloseBraceExpected", "a closing brace is expected here"],
  ["CloseBracketExpected", "a closing bracket is expected here"],
  ["EndOfFileExpected", "the file should end here"],
  ["InvalidCommentToken", "JSON has no comments"],
  ["UnexpectedEndOfComment", "JSON has no comments"],
  ["UnexpectedEndOfString", "this string does not end on its line"],
  ["UnexpectedEndOfNumber", "this number breaks off"],
  ["InvalidUnicode", "this escape is not a Unicode character"],
  ["InvalidEscapeCharacter", "JSON does not know this escape"],
  ["InvalidCharacter", "control characters must be escaped"],
]);

function reportSyntaxErrors(source: Source, thrown: SyntaxError, report: Report): void {
  const add = (what: string, offset: number): void =>
    report.add({ code: "not-json", message: `The file is not JSON: ${what}.`, location: { source, offset } });
  const other = whatElse(source.text);
  if (other !== undefined) return add(other, 0);
  const errors: ParseError[] = [];
  parse(source.text, errors, { disallowComments: true, allowTrailingComma: false });
  for (const { error, offset } of errors.slice(0, mostSyntaxErrors)) {
    const name = printParseErrorCode(error);
    add(expectations.get(name) ?? name, offset);
  }
  // The tolerant parser may accept what the strict one rejects. Then the strict one's message is reported.
  if (errors.length === 0) add(printable(thrown.message), 0);
}

/** Kind of a file that is obviously not JSON. */
function whatElse(text: string): string | undefined {
  const start = text.trimStart();
  if (start === "") return "it is empty";
  if (/^(\$version|namespace\s|metadata\s)/.test(start)) {
    return "it looks like Smithy IDL, whose files have names that end in .smithy";
  }
  if (start.startsWith("<")) return "it looks like XML or HTML";
  if (/^(openapi|swagger):/.test(start)) return "it looks like OpenAPI in YAML, which has to be converted to Smithy";
  return undefined;
}

/** Reports duplicate keys in an object. JSON silently keeps the last one, so that half a model may be lost. */
function reportDuplicateKeys(source: Source, report: Report): void {
  const open: Set<string>[] = [];
  visit(source.text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key, offset, _length, _line, _character, pathOf) => {
      const keys = open.at(-1);
      if (keys?.has(key)) {
        const [first, shape = key, members, member = key] = pathOf();
        const isMember = members === "members";
        report.add({
          code: "duplicate-key",
          message: `The key "${printable(key)}" is repeated in the same object; only one of the values would be used.`,
          shapeId: first === "shapes" ? `${shape}${isMember ? `$${member}` : ""}` : undefined,
          location: { source, offset },
        });
      }
      keys?.add(key);
    },
  });
}
