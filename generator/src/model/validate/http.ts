import type { CheckContext } from "./context.js";
import { isIdentifier } from "../source/ids.js";
import { isJsonObject } from "../source/json.js";
import type { AggregateShape, MemberShape, OperationShape } from "../model.js";
import { quote } from "../source/quote.js";

const http = "smithy.api#http";
const endpoint = "smithy.api#endpoint";
const required = "smithy.api#required";

/** Checks that labels of URIs and host prefixes match the members that fill them. */
export function checkHttp(context: CheckContext): void {
  for (const operation of context.shapes.values()) {
    if (operation.type !== "operation") continue;
    const input = context.find(operation.input);
    if (input?.type !== "structure") continue;
    const uri = stringIn(operation.traits[http], "uri");
    if (uri !== undefined) checkUri(uri, operation, input, context);
    const prefix = stringIn(operation.traits[endpoint], "hostPrefix");
    if (prefix !== undefined) checkPrefix(prefix, operation, input, context);
  }
}

function stringIn(trait: unknown, property: string): string | undefined {
  const value = isJsonObject(trait) ? trait[property] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** @see https://smithy.io/2.0/spec/http-bindings.html#http-uri */
function checkUri(uri: string, operation: OperationShape, input: AggregateShape, context: CheckContext): void {
  const problem = (what: string): void => context.invalidTrait(http, operation.id, what);
  const [path = "", query = ""] = uri.split("?", 2);
  if (/[{}]/.test(query)) problem("has a label in the query of its uri, where none can be");
  const labels = new Set<string>();
  for (const segment of path.split("/").filter((each) => /[{}]/.test(each))) {
    const label = /^\{(\w+)\+?\}$/.exec(segment)?.[1];
    if (label === undefined) {
      problem(`has ${quote(segment)} in its uri: a label must be the name of a member and fill a whole path segment`);
      continue;
    }
    if (labels.has(label)) problem(`has the label ${label} twice`);
    labels.add(label);
    const member = input.members.get(label);
    if (!member || !isBound(member, "smithy.api#httpLabel")) {
      problem(`has the label {${label}}, but its input has no such httpLabel member`);
    } else if (segment.endsWith("+}") && !isText(member, context)) {
      problem(`has the label {${label}+}, whose member is not a string`);
    }
  }
  for (const member of input.members.values()) {
    if (!isBound(member, "smithy.api#httpLabel")) continue;
    if (!labels.has(member.name)) problem(`has no label {${member.name}} for the httpLabel member of its input`);
    requireMember(member, "smithy.api#httpLabel", context);
  }
}

/** @see https://smithy.io/2.0/spec/endpoint-traits.html#labels */
function checkPrefix(prefix: string, operation: OperationShape, input: AggregateShape, context: CheckContext): void {
  const problem = (what: string): void => context.invalidTrait(endpoint, operation.id, what);
  if (prefix.includes("}{")) problem("has two labels with nothing between them");
  const labels = prefix.match(/\{[^{}]*\}/g) ?? [];
  if (/[{}]/.test(prefix.replace(/\{[^{}]*\}/g, ""))) problem("has a brace that belongs to no label");
  for (const label of labels) {
    const name = label.slice(1, -1);
    const member = isIdentifier(name) ? input.members.get(name) : undefined;
    if (!member || !isBound(member, "smithy.api#hostLabel")) {
      problem(`has the label ${quote(label)}, but its input has no such hostLabel member`);
    } else requireMember(member, "smithy.api#hostLabel", context);
  }
}

function isBound(member: MemberShape, trait: string): boolean {
  return trait in member.traits;
}

function isText(member: MemberShape, context: CheckContext): boolean {
  const type = context.find(member.target)?.type;
  return type === "string" || type === "enum" || type === undefined;
}

function requireMember(member: MemberShape, trait: string, context: CheckContext): void {
  if (isBound(member, required)) return;
  context.invalidTrait(trait, member.id, "requires its member to be required, because a URI cannot omit it");
}
