import type { PatternIr } from "../ir/ir.js";
import { translateJava } from "./java.js";
import { backtrackingDegree } from "./ambiguity.js";

/** What became of a model's pattern: a regular expression, or why there is none. */
export type PatternOutcome = { readonly pattern: PatternIr } | { readonly refused: string };

/** Time to match may grow by the square of a text's length: models are full of such patterns, and texts are short. */
const maximumDegree = 1;

/**
 * A model's pattern as JavaScript can run it. Smithy's patterns follow ECMA 262 with Unicode, are searched for
 * (unanchored), and in real models are often Java's: so the text is tried with the flag `u`, then without, then with
 * what Java spells otherwise put into JavaScript's words.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html#pattern-trait
 */
export function readPattern(text: string): PatternOutcome {
  const pattern = compile(text, "u") ?? compileLegacy(text, "") ?? compileTranslated(text);
  const shown = JSON.stringify(text);
  if (!pattern) return { refused: `JavaScript cannot express the pattern ${shown}` };
  if (backtrackingDegree(pattern) > maximumDegree) {
    return { refused: `on some texts the pattern ${shown} takes time beyond the square of their length` };
  }
  return { pattern };
}

/** Syntax that newer engines take and others do not: generated code runs on all. */
const newSyntax = /\(\?[ims-]+:|\(\?<([A-Za-z_$][\w$]*)>.*\(\?<\1>/s;

function compile(source: string, flags: string): PatternIr | undefined {
  if (newSyntax.test(source)) return undefined;
  try {
    void new RegExp(source, flags);
    return { source, flags };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Without the flag `u` unknown escapes are letters: what would mean something else than its author wrote is refused. */
const meansOtherwise = /\\[pP]\{|\\[xu]\{|\\[AZzQEGhRX]|\[\[:|\[[^\]]*&&/;

function compileLegacy(source: string, flags: string): PatternIr | undefined {
  return meansOtherwise.test(source) ? undefined : compile(source, flags);
}

function compileTranslated(text: string): PatternIr | undefined {
  const { source, flags } = translateJava(text);
  return compile(source, `${flags}u`) ?? compileLegacy(source, flags);
}
