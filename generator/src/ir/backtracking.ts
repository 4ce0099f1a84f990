import type { PatternIr } from "./ir.js";

export function explodes(_pattern: PatternIr): boolean {
  return false;
}
