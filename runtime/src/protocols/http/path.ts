import { ValidationError, type ValidationIssue } from "../../errors/validation.js";
import type { Operation } from "../../schema/operation.js";
import { getOwn } from "../../schema/values.js";
import { escapeUri } from "../../signing/escape.js";
import type { BoundMember } from "./bindings.js";
import { writeText } from "./write-text.js";

type Input = Readonly<Record<string, unknown>>;

/**
 * Compiles the path of `smithy.api#http` `uri`. Values are percent-encoded, so that none can leave its place; `/` stays
 * in a greedy label (`{key+}`), which stands for several segments. A label that the path does not name, for the
 * endpoint says it, must be there all the same: without it the request would mean another resource.
 *
 * @throws ValidationError (from what is returned) for a label that is missing or empty, or one that a path would take
 *   for another resource: `.` and `..`
 * @see https://smithy.io/2.0/spec/http-bindings.html#httplabel-trait
 */
export function compilePath(
  template: string,
  labels: readonly BoundMember[],
  operation: Operation,
): (input: Input) => string {
  // Every second piece is the inside of a label: `{name}` or `{name+}`.
  const pieces = template.split(/\{([^{}]+)\}/);
  const members = new Map(labels.map((label) => [label.name, label]));
  const inPath = new Set(pieces.filter((_, index) => index % 2 === 1).map((piece) => piece.replace(/\+$/, "")));
  const elsewhere = labels.filter(({ name }) => !inPath.has(name));
  return (input) => {
    for (const label of elsewhere) labelText(label, input, false, operation);
    return pieces
      .map((piece, index) => {
        if (index % 2 === 0) return piece;
        const greedy = piece.endsWith("+");
        const label = members.get(greedy ? piece.slice(0, -1) : piece);
        if (!label) throw new Error(`${operation.name} has no label for {${piece}} of its path ${template}`);
        return escapeUri(labelText(label, input, greedy, operation), greedy);
      })
      .join("");
  };
}

function labelText({ name, member }: BoundMember, input: Input, greedy: boolean, operation: Operation): string {
  const refuse = (rule: ValidationIssue["rule"], problem: string): ValidationError =>
    new ValidationError(operation.input.name, [
      { path: [name], rule, message: `is part of the request's path, so it must not be ${problem}` },
    ]);
  const value = getOwn(input, name);
  if (value === undefined || value === null) throw refuse("required", "missing");
  const written = writeText(member, value, "date-time");
  const prefix = operation.labelPrefixes?.find((each) => written.startsWith(each)) ?? "";
  const text = written.slice(prefix.length);
  if (text === "") throw refuse("length", "empty");
  if (!greedy && (text === "." || text === "..")) throw refuse("pattern", '"." or ".."');
  return text;
}
