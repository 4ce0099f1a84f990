import type { DocFacts, MemberIr, OperationIr, ServiceIr, ShapeIr, StructureIr } from "../../ir/ir.js";
import { comment, type DocTag, summary } from "../../text/comment.js";
import { literal } from "../../text/literal.js";
import { code, plainText } from "../../text/markup.js";
import { exampleCall } from "./examples.js";

/** Comment of a structure, union or enum; `fallback` is what there is to say where the model says nothing. */
export function shapeComment(facts: DocFacts, fallback: string): string {
  const says = facts.documentation?.trim() ? [] : [fallback];
  return comment({ text: facts.documentation, facts: says, tags: commonTags(facts) });
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

/** The comment of an operation's function, or of the method of that name. */
export function operationComment(operation: OperationIr, ir: ServiceIr, indent: number): string {
  const { names } = ir;
  const throwing = operation.errors.map((error): DocTag => {
    const status = error.error?.status === undefined ? "" : ` (HTTP ${error.error.status})`;
    const link = `{@link ${names.errors.get(error.id) ?? error.name}}`;
    return { name: "throws", lead: `${link}${status} ${summary(error.facts.documentation)}` };
  });
  const examples = operation.examples.map((example): DocTag => ({
    name: "example",
    lead: plainText(example.title),
    code: exampleCall(operation, example, ir, indent === 0 ? "function" : "method"),
  }));
  return comment(
    {
      text: operation.facts.documentation,
      tags: [...commonTags(operation.facts), ...throwing, ...examples],
    },
    indent,
  );
}

export function errorComment(error: StructureIr): string {
  const { fault, status } = error.error ?? {};
  const facts = [
    ...(error.facts.documentation?.trim() ? [] : [`The error ${code(error.name)}.`]),
    ...(fault === undefined ? [] : [`Fault of the ${fault}${status === undefined ? "" : `, HTTP ${status}`}.`]),
    ...(error.error?.retryable === undefined ? [] : ["The same call may succeed later."]),
  ];
  return comment({ text: error.facts.documentation, facts, tags: commonTags(error.facts) });
}

function commonTags({ deprecated, links }: DocFacts): DocTag[] {
  return [
    ...(deprecated ? [{ name: "deprecated", text: deprecation(deprecated) } as const] : []),
    ...Object.entries(links ?? {}).map(
      ([title, url]) => ({ name: "see", text: `<a href="${url}">${title}</a>` }) as const,
    ),
  ];
}

function deprecation({ message, since }: NonNullable<DocFacts["deprecated"]>): string {
  return [message, since && `Since ${since}.`].filter((part) => part).join(" ");
}

function memberFacts(member: MemberIr, isInput: boolean, ir: ServiceIr): string[] {
  const facts = constraintSentences(member, ir);
  if (isInput && member.required) facts.unshift("Required.");
  if (member.default !== undefined && !member.streaming) facts.push(`Default: ${code(literal(member.default))}.`);
  if (member.idempotencyToken) facts.push("Filled with a UUID where absent.");
  if (member.mediaType !== undefined) facts.push(`Media type: ${code(member.mediaType)}.`);
  if (member.recommended !== undefined)
    facts.push(`Recommended${member.recommended === "" ? "" : `: ${plainText(member.recommended)}`}.`);
  if (member.sensitive) facts.push("Sensitive: masked in logs.");
  return facts;
}

/** What is to be known of a body in parts, where it is sent and where it is received. */
function streamFacts({ streaming, requiresLength }: MemberIr, isInput: boolean): string[] {
  if (!streaming) return [];
  if (!isInput) return ["Handed over as it comes: read it once, or cancel it."];
  return [
    "Text, bytes, or what is read as it is sent: a `Blob`, a stream. A call is not tried again once its stream was begun.",
    ...(requiresLength ? ["The service has to know its length beforehand."] : []),
  ];
}

/** `At most 5 items. Each item: 3 to 36 characters; pattern …` */
function constraintSentences(member: MemberIr, ir: ServiceIr): string[] {
  const sentences = sentence("", phrases(member, ir));
  const { type } = member;
  if ("member" in type) sentences.push(...sentence("Each item: ", phrases(type.member, ir)));
  if ("key" in type) {
    sentences.push(...sentence("Keys: ", phrases(type.key, ir)), ...sentence("Values: ", phrases(type.value, ir)));
  }
  return sentences;
}

function sentence(what: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [capitalized(`${what}${parts.join("; ")}.`)];
}

function phrases(member: MemberIr, { names }: ServiceIr): string[] {
  const { type, length, range, pattern } = member;
  const found: string[] = [];
  if ("shape" in type && (type.type === "enum" || type.type === "intEnum")) {
    found.push(`a value of {@link ${names.shapes.get(type.shape) ?? ""}}`);
  }
  if (length) found.push(lengthWords(length, unitOf(type.type)));
  if (range) found.push(rangeWords(range));
  if (pattern) found.push(`pattern ${code(pattern.source)}`);
  if (member.uniqueItems) found.push("no item twice");
  return found.filter((phrase) => phrase !== "");
}

function unitOf(type: MemberIr["type"]["type"]): [one: string, several: string] {
  if (type === "list") return ["item", "items"];
  if (type === "map") return ["entry", "entries"];
  return type === "blob" ? ["byte", "bytes"] : ["character", "characters"];
}

function lengthWords({ min, max }: NonNullable<MemberIr["length"]>, [one, several]: [string, string]): string {
  const counted = (count: number): string => `${grouped(count)} ${count === 1 ? one : several}`;
  if (min !== undefined && min > 0 && max !== undefined) {
    return min === max ? `exactly ${counted(min)}` : `${grouped(min)} to ${counted(max)}`;
  }
  if (max !== undefined) return `at most ${counted(max)}`;
  return min === undefined || min === 0 ? "" : `at least ${counted(min)}`;
}

function rangeWords({ min, max }: NonNullable<MemberIr["range"]>): string {
  if (min !== undefined && max !== undefined) return `from ${grouped(min)} to ${grouped(max)}`;
  if (max !== undefined) return `at most ${grouped(max)}`;
  return min === undefined ? "" : `at least ${grouped(min)}`;
}

/** 10,000: the digits of a whole number in groups of three. */
function grouped(value: number): string {
  return Number.isSafeInteger(value) ? String(value).replaceAll(/\B(?=(\d{3})+$)/g, ",") : String(value);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What there is to say of an undocumented structure that an operation takes or gives. */
export function roleOf(shape: ShapeIr, ir: ServiceIr): string {
  const link = (operations: readonly OperationIr[]): string =>
    operations.map(({ id }) => `{@link ${ir.names.operations.get(id)?.function ?? ""}}`).join(", ");
  const taking = ir.operations.filter(({ input }) => input?.id === shape.id);
  const giving = ir.operations.filter(({ output }) => output?.id === shape.id);
  if (taking.length > 0) return `Input of ${link(taking)}.`;
  if (giving.length > 0) return `Output of ${link(giving)}.`;
  return "";
}
