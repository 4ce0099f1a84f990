import type { Expression, Rule } from "./tree.js";

/** Roughly the characters of rules in minified code. */
export function printedSize(rules: readonly Rule[]): number {
  return rules.reduce((size, rule) => {
    const tests = rule.conditions.reduce((sum, { value }) => sum + 8 + printedSizeOf(value), 0);
    return size + tests + sizeOfResult(rule);
  }, 0);
}

function sizeOfResult(rule: Rule): number {
  switch (rule.kind) {
    case "tree":
      return printedSize(rule.rules);
    case "error":
      return 14 + printedSizeOf(rule.message);
    case "endpoint":
      return 12 + printedSizeOf(rule.url);
    case "shared":
      return rule.argv.reduce((size, value) => size + 1 + printedSizeOf(value), 10);
  }
}

/** Roughly the characters of an expression in minified code. */
export function printedSizeOf(value: Expression | undefined): number {
  switch (value?.kind) {
    case undefined:
      return 0;
    case "literal":
      return String(value.value).length + 2;
    case "reference":
      return 1;
    case "template":
      return value.parts.reduce<number>(
        (size, part) => size + (typeof part === "string" ? part.length : 3 + printedSizeOf(part)),
        2,
      );
    case "attribute":
      return value.path.reduce<number>((size, step) => size + 1 + String(step).length, printedSizeOf(value.of));
    case "call":
      return value.argv.reduce((size, each) => size + 1 + printedSizeOf(each), 2);
  }
}
