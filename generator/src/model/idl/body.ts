import { isAtStatement, skipToMember } from "./recovery.js";
import { SyntaxProblem } from "./scanner.js";
import { complain, type FileContext } from "./syntax.js";

/** A problem that is reported already, on its way to where reading can go on. */
export class Reported extends SyntaxProblem {}

/**
 * Reads what is in braces, part by part. Problems of one part are reported, and reading continues with the next.
 * Returns whether all could be read.
 *
 * @throws SyntaxProblem where the closing brace is missing.
 */
export function readBody(context: FileContext, shapeId: string, readPart: () => void): boolean {
  const { scanner } = context;
  let isComplete = true;
  scanner.expect("{", "the opening brace of the shape");
  scanner.dropDocumentation();
  for (;;) {
    scanner.skipWhitespace();
    if (scanner.accept("}")) break;
    if (scanner.isAtEnd || isAtStatement(scanner)) throw scanner.unexpected(`the closing brace of ${shapeId}`);
    const start = scanner.offset;
    try {
      readPart();
    } catch (error) {
      if (!(error instanceof SyntaxProblem) || error instanceof Reported) throw error;
      complain(context, error.code, error.message, error.offset, shapeId);
      isComplete = false;
      if (!skipToMember(scanner, start, error))
        throw new Reported(error.message, error.offset, { resume: scanner.offset });
    }
  }
  scanner.dropDocumentation();
  return isComplete;
}
