import { commentOn, type Edit, lineOf, type Note } from "./edits.js";
import type { Source } from "./source.js";
import type { Opaque } from "./survey.js";

/** Result of one migration step for a file. */
export interface Step {
  readonly edits: readonly Edit[];
  readonly notes: readonly Note[];
}

/** A step that only adds comments about code that is left unchanged. */
export function left(source: Source, reasons: readonly Opaque[]): Step {
  const comments = reasons.flatMap(({ node, reason, section }) => commentOn(source, node, reason, section));
  const isFirst = ({ start, text }: Edit, index: number): boolean =>
    comments.findIndex((other) => other.start === start && other.text === text) === index;
  return {
    edits: comments.filter(isFirst),
    notes: reasons.map(({ node, reason, section }) => ({
      line: lineOf(source, node),
      reason,
      section,
      isComment: true,
    })),
  };
}
