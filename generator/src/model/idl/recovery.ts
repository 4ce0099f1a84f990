import type { Scanner, SyntaxProblem } from "./scanner.js";

/** Words that statements begin with behind the namespace. */
const words =
  "blob|boolean|string|byte|short|integer|long|float|double|bigInteger|bigDecimal|timestamp|document|" +
  "list|set|map|structure|union|enum|intEnum|service|resource|operation|apply";
const statement = new RegExp(`(?:${words})[ \\t]+[A-Za-z_]`, "y");
const loose = new RegExp(`[@$]|//|(?:${words}|use|metadata)[ \\t]|[A-Za-z]\\w*[ \\t]+[A-Za-z_]`, "y");
const memberStart = /[A-Za-z_@$}]|\/\//y;

/** Whether a statement begins here, at the start of a line. Within braces, one of them is missing then. */
export function isAtStatement(scanner: Scanner): boolean {
  return isAtLineStart(scanner) && matches(statement, scanner);
}

/** Moves to where the next statement most likely begins: at a line that is not indented, with a known word, or a word and a name. */
export function skipToStatement(scanner: Scanner, start: number, problem: SyntaxProblem): void {
  // Where what is before a statement breaks within its line, such as a trait without its parenthesis, it is sound itself.
  scanner.offset = scanner.text.lastIndexOf("\n", problem.resume - 1) + 1;
  if (scanner.offset > start && isAtStatement(scanner)) return;
  scanner.offset = problem.resume;
  if (scanner.offset === start) scanner.skipAny();
  while (!scanner.isAtEnd && !(isAtLineStart(scanner) && matches(loose, scanner))) scanner.skipAny();
}

/**
 * Moves to where the next member most likely begins, or to the brace behind the last: a line or comma behind all brackets
 * that the broken member opens. False where a statement comes before that.
 */
export function skipToMember(scanner: Scanner, start: number, problem: SyntaxProblem): boolean {
  const open: string[] = [];
  scanner.offset = start;
  while (!scanner.isAtEnd) {
    const sign = scanner.text[scanner.offset] ?? "";
    const isBehind = scanner.offset >= problem.resume;
    if (isBehind && isAtStatement(scanner)) return false;
    if ("{[(".includes(sign)) open.push(sign);
    else if ("}])".includes(sign)) {
      // A brace ends whatever is open within it.
      if (sign === "}") while (open.length > 0 && open.at(-1) !== "{") open.pop();
      if (open.length === 0 && isBehind && sign === "}") return true;
      open.pop();
    } else if (isBehind && open.length === 0 && (sign === "\n" || sign === ",")) {
      scanner.skipWhitespace();
      if (isAtStatement(scanner)) return false;
      scanner.dropDocumentation();
      if (matches(memberStart, scanner)) return true;
    }
    if (!scanner.isAtEnd) scanner.skipAny();
  }
  return false;
}

function isAtLineStart({ text, offset }: Scanner): boolean {
  return offset === 0 || text[offset - 1] === "\n";
}

function matches(form: RegExp, { text, offset }: Scanner): boolean {
  form.lastIndex = offset;
  return form.test(text);
}
