import type { PatternIr } from "../ir/ir.js";
import { translateJava } from "./java.js";
import { backtrackingDegree } from "./ambiguity.js";

/** A compiled pattern, or why it is rejected. */
export type PatternOutcome = { readonly pattern: PatternIr } | { readonly rejected: string };

/** Quadratic matching time is accepted: many patterns of models have it, and texts are short. */
const maximumDegree = 1;

/**
 * Compiles a pattern of a model for JavaScript. Smithy's patterns are unanchored and follow ECMA 262 with Unicode, but
 * real models often have Java's syntax. So the text is compiled with the flag `u`, else translated from Java's syntax,
 * else without the flag.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html#pattern-trait
 */
export function readPattern(text: string): PatternOutcome {
  const { source, flags } = translateJava(text);
  const pattern =
    compile(text, "u") ?? compile(source, `${flags}u`) ?? compileLegacy(text, "") ?? compileLegacy(source, flags);
  const shown = JSON.stringify(text);
  if (!pattern) return { rejected: `JavaScript cannot express the pattern ${shown}` };
  if (backtrackingDegree(pattern) > maximumDegree) {
    return { rejected: `for some texts the matching time of ${shown} is more than quadratic in their length` };
  }
  return { pattern };
}

/** Syntax that only newer engines support. Generated code must run on all supported ones. */
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

/** Without the flag `u`, an unknown escape is a letter. Patterns that would change their meaning are rejected. */
const meansOtherwise = /\\[pP]\{|\\[xu]\{|\\[AZzQEGhRX]|\[\[:|\[[^\]]*&&/;

function compileLegacy(source: string, flags: string): PatternIr | undefined {
  return meansOtherwise.test(source) ? undefined : compile(source, flags);
}
