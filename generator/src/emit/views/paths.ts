import type { AcceptorIr, OperationIr, ServiceIr, WaiterIr } from "../../ir/ir.js";
import { matcherRoot } from "../../analyze/waiters.js";
import { compileMatcher } from "../../jmespath/matcher.js";
import { compileParameter } from "../../jmespath/parameter.js";
import { rootOf } from "../../jmespath/root.js";
import { arrow, mentions } from "../../jmespath/value.js";
import { comment, type DocTag } from "../../text/comment.js";
import { literal, propertyKey } from "../../text/literal.js";
import { code } from "../../text/markup.js";

/** The functions for the waiters of an operation. */
export function waiterViews(operation: OperationIr, page: string, ir: ServiceIr): object[] {
  return operation.waiters.map((waiter) => ({
    function: ir.names.waiters.get(waiter.name),
    of: ir.names.operations.get(operation.id)?.function,
    comment: waiterComment(waiter, operation, ir, 0),
    methodComment: waiterComment(waiter, operation, ir, 2),
    name: literal(waiter.name),
    minDelay: waiter.minDelay,
    maxDelay: waiter.maxDelay,
    acceptors: waiter.acceptors.map((acceptor) => acceptorText(acceptor, operation, ir)),
    // A waiter that succeeds with an error has no output.
    result: waiter.acceptors.some(endsInError) ? `${page} | undefined` : page,
  }));
}

function endsInError({ state, matcher }: AcceptorIr): boolean {
  if (state !== "success") return false;
  return matcher.kind === "errorType" || matcher.kind === "status" || (matcher.kind === "success" && !matcher.success);
}

function acceptorText({ state, matcher }: AcceptorIr, operation: OperationIr, ir: ServiceIr): string {
  const fields: [string, string][] = [["state", literal(state)]];
  if (matcher.kind === "success") fields.push(["success", String(matcher.success)]);
  else if (matcher.kind === "errorType") fields.push(["errorType", literal(matcher.name)]);
  else if (matcher.kind === "status") fields.push(["status", String(matcher.status)]);
  else {
    const test = compileMatcher(matcher, matcherRoot(matcher.kind, operation), surroundings(ir));
    const output = mentions(test, "output") ? "output" : "_";
    const parameters = mentions(test, "input") ? `${output}, input` : output;
    fields.push(["when", literal(words(matcher))], ["output", `(${parameters}) => ${test}`]);
  }
  return `{ ${fields.map(([key, text]) => `${key}: ${text}`).join(", ")} }`;
}

/** A matcher as text: `Table.TableStatus is "ACTIVE"`. */
export function words(
  { path, comparator, expected }: Extract<AcceptorIr["matcher"], { readonly path: string }>,
  show = { path: (text: string) => text, text: (text: string) => JSON.stringify(text) },
): string {
  switch (comparator) {
    case "stringEquals":
      return `${show.path(path)} is ${show.text(expected)}`;
    case "booleanEquals":
      return `${show.path(path)} is ${expected}`;
    case "allStringEquals":
      return `each of ${show.path(path)} is ${show.text(expected)}`;
    case "anyStringEquals":
      return `one of ${show.path(path)} is ${show.text(expected)}`;
  }
}

function waiterComment(waiter: WaiterIr, operation: OperationIr, ir: ServiceIr, indent: number): string {
  const facts = waiterFacts(waiter, `{@link ${ir.names.operations.get(operation.id)?.function ?? ""}}`);
  const tags: DocTag[] = waiter.facts.deprecated ? [{ name: "deprecated" }] : [];
  return comment({ text: waiter.facts.documentation, facts, tags }, indent);
}

/** What a waiter does, in Markdown. `called` is how the text names the function that it calls. */
export function waiterFacts(waiter: WaiterIr, called: string): string[] {
  const ways = (state: AcceptorIr["state"]): string =>
    waiter.acceptors
      .filter((acceptor) => acceptor.state === state)
      .map(({ matcher }) => {
        if (matcher.kind === "errorType") return `it fails with ${code(matcher.name)}`;
        if (matcher.kind === "status") return `it fails with status ${matcher.status}`;
        if (matcher.kind === "success") return matcher.success ? "it succeeds" : "it fails";
        return words(matcher, { path: code, text: code });
      })
      .join(", or ");
  const failing = ways("failure");
  return [
    `Calls ${called} until ${ways("success")}.`,
    ...(failing === "" ? [] : [`Rejects with a \`WaiterError\` as soon as ${failing}.`]),
    `Waits ${waiter.minDelay} to ${waiter.maxDelay} seconds between calls, unless the options set other delays.`,
  ];
}

/** The function of an operation descriptor that reads endpoint parameters from the input. */
export function contextParamsFunction({ operationContextParams, input }: OperationIr, ir: ServiceIr): string[] {
  if (!operationContextParams) return [];
  const entries = Object.entries(operationContextParams).map(
    ([name, path]) => `${propertyKey(name)}: ${compileParameter(path, rootOf("input", input), surroundings(ir))}`,
  );
  return [`operationContextParams: ${arrow("input", { text: `{ ${entries.join(", ")} }` })}`];
}

function surroundings({ shapes, names }: ServiceIr): { shapes: ServiceIr["shapes"]; runtime: typeof names.runtime } {
  return { shapes, runtime: names.runtime };
}
