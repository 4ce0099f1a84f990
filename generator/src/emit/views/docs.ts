import type { DocFacts, MemberIr, OperationIr, ServiceIr, ShapeIr, StructureIr } from "../../ir/ir.js";
import { comment, type DocTag, summary } from "../../text/comment.js";
import { literal } from "../../text/literal.js";
import { code, plainText } from "../../text/markup.js";
import { constraintsOf } from "./constraints.js";
import { exampleCall } from "./examples.js";

/** Comment of a structure, union or enum. `fallback` is used if the model does not document it. */
export function shapeComment(facts: DocFacts, fallback: string): string {
  const others = facts.documentation?.trim() ? [] : [fallback];
  return comment({ text: facts.documentation, facts: others, tags: commonTags(facts) });
}

export function memberComment(member: MemberIr, isInput: boolean, ir: ServiceIr, indent: number): string {
  return comment(
    {
      text: member.facts.documentation,
      facts: [...memberFacts(member, isInput, ir), ...streamFacts(member, isInput)],
      tags: commonTags(member.facts),
    },
    indent,
  );
}

export function valueComment(facts: DocFacts): string {
  return comment({ text: facts.documentation, tags: commonTags(facts) }, 2);
}

/** The complete comment of an operation, for its function. */
export function operationComment(operation: OperationIr, ir: ServiceIr): string {
  const { names } = ir;
  const throwing = operation.errors.map((error): DocTag => {
    const status = error.error?.status === undefined ? "" : ` (HTTP ${error.error.status})`;
    const link = `{@link ${names.errors.get(error.id) ?? error.name}}`;
    return { name: "throws", lead: `${link}${status} ${summary(error.facts.documentation)}` };
  });
  const examples = operation.examples.map((example): DocTag => ({
    name: "example",
    lead: plainText(example.title),
    code: exampleCall(operation, example, ir),
  }));
  return comment({
    text: operation.facts.documentation,
    tags: [...commonTags(operation.facts), ...throwing, ...examples],
  });
}

/**
 * The comment of a method that calls an operation: its first sentence and a link to the function with the complete
 * documentation. Copies of that would be a third of a package.
 */
export function methodComment({ facts }: OperationIr, link: string): string {
  const first = summary(facts.documentation);
  const tags: DocTag[] = [...deprecatedTag(facts), { name: "see", lead: link }];
  return comment({ facts: first === "" ? [] : [first], tags }, 2);
}

export function errorComment(error: StructureIr): string {
  const { fault, status } = error.error ?? {};
  const facts = [
    ...(error.facts.documentation?.trim() ? [] : [`The error ${code(error.name)}.`]),
    ...(fault === undefined ? [] : [`Fault of the ${fault}${status === undefined ? "" : `, HTTP ${status}`}.`]),
    ...(error.error?.retryable === undefined ? [] : ["Retryable: the same call may succeed later."]),
  ];
  return comment({ text: error.facts.documentation, facts, tags: commonTags(error.facts) });
}

function commonTags(facts: DocFacts): DocTag[] {
  return [
    ...deprecatedTag(facts),
    ...Object.entries(facts.links ?? {}).map(
      ([title, url]) => ({ name: "see", text: `<a href="${url}">${title}</a>` }) as const,
    ),
  ];
}

function deprecatedTag({ deprecated }: DocFacts): DocTag[] {
  if (!deprecated) return [];
  const { message, since } = deprecated;
  return [{ name: "deprecated", text: [message, since && `Since ${since}.`].filter((part) => part).join(" ") }];
}

function memberFacts(member: MemberIr, isInput: boolean, ir: ServiceIr): string[] {
  const facts = constraintSentences(member, ir);
  if (isInput && member.required) facts.unshift("Required.");
  if (member.default !== undefined && !member.streaming) facts.push(`Default: ${code(literal(member.default))}.`);
  if (member.idempotencyToken) facts.push("If absent, the client sends a UUID.");
  if (member.mediaType !== undefined) facts.push(`Media type: ${code(member.mediaType)}.`);
  if (member.recommended !== undefined)
    facts.push(`Recommended${member.recommended === "" ? "" : `: ${plainText(member.recommended)}`}.`);
  if (member.sensitive) facts.push("Sensitive: masked in logs.");
  return facts;
}

/** How a streaming body is sent or received. */
function streamFacts({ streaming, eventStream, requiresLength }: MemberIr, isInput: boolean): string[] {
  if (eventStream) {
    return [isInput ? "Events, sent as they are provided." : "Events: iterate over them once, or cancel the stream."];
  }
  if (!streaming) return [];
  if (!isInput) return ["Streaming body: read it once, or cancel it."];
  return [
    "A string, bytes, a `Blob` or a stream. A call is not retried once its stream has been read from.",
    ...(requiresLength ? ["The length must be known before it is sent."] : []),
  ];
}

/** `At most 5 items. Each item: 3 to 36 characters; pattern …` */
function constraintSentences(member: MemberIr, ir: ServiceIr): string[] {
  return constraintsOf(member).flatMap(({ of, phrases, enumId }) => {
    const linked = enumId === undefined ? [] : [`a value of {@link ${ir.names.shapes.get(enumId) ?? ""}}`];
    const all = [...linked, ...phrases];
    return all.length === 0 ? [] : [capitalized(`${of === "" ? "" : `${of}: `}${all.join("; ")}.`)];
  });
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Documentation of an undocumented structure that is an operation's input or output. */
export function roleOf(shape: ShapeIr, ir: ServiceIr): string {
  const link = (operations: readonly OperationIr[]): string =>
    operations.map(({ id }) => `{@link ${ir.names.operations.get(id)?.function ?? ""}}`).join(", ");
  const taking = ir.operations.filter(({ input }) => input?.id === shape.id);
  const giving = ir.operations.filter(({ output }) => output?.id === shape.id);
  if (taking.length > 0) return `Input of ${link(taking)}.`;
  if (giving.length > 0) return `Output of ${link(giving)}.`;
  return "";
}
