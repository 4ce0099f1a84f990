import { ts } from "ts-morph";
import type { Edit } from "./edits.js";
import { sections } from "./sections.js";
import { referencesTo, type Source } from "./source.js";
import type { Opaque } from "./survey.js";

/** `cloudtrail.getTrail(params).promise()` */
export interface Call {
  readonly operation: string;
  readonly object: ts.Identifier;
  readonly call: ts.CallExpression;
  readonly whole: ts.CallExpression;
}

/** A use of a service object, if it is a call that a function can replace. Otherwise the reason why not. */
export function callOf(source: Source, object: ts.Identifier, operations: ReadonlySet<string>): Call | Opaque {
  const { text, file } = source;
  const access = object.parent;
  const opaque = (node: ts.Node, reason: string): Opaque => ({ node, reason, section: sections.functions });
  if (!isAccess(access, object)) return opaque(access, `${object.text} is used as a service object`);
  const { text: operation } = access.name;
  const call = access.parent;
  if (!isCallOf(call, access) || !operations.has(operation)) {
    return opaque(access, `${object.text}.${operation} has no function`);
  }
  const promise = call.parent;
  const whole = promise.parent;
  const isPromise = isAccess(promise, call) && promise.name.text === "promise" && isCallOf(whole, promise);
  const [argument, ...more] = call.arguments;
  if (!isPromise || whole.arguments.length > 0 || more.length > 0 || (argument && ts.isSpreadElement(argument))) {
    return opaque(access, `its request is used for more than a promise`);
  }
  if (argument && ts.isFunctionLike(argument)) return opaque(access, "it has a callback");
  if (ts.isPropertyAccessExpression(whole.parent)) return opaque(whole, "its promise is used with then or catch");
  const between = text.slice(object.getEnd(), call.arguments.pos) + text.slice(call.getEnd(), whole.getEnd());
  if (/\/[/*]/.test(between)) return opaque(whole, "there is a comment inside it");
  const reader = readerOfErrors(source, whole);
  if (reader) return opaque(reader, `errors of functions have other members than ${reader.getText(file)}`);
  return { operation, object, call, whole };
}

/** The edits that replace a call by the call of a function. */
export function callEdits({ file }: Source, { object, call, whole }: Call, local: string): Edit[] {
  const [argument] = call.arguments;
  const start = object.getStart(file);
  const open = `${local}(${object.text}, `;
  if (!argument) return [{ start, end: whole.getEnd(), text: `${open}{})` }];
  return [
    { start, end: call.arguments.pos, text: open },
    { start: call.getEnd(), end: whole.getEnd(), text: "" },
  ];
}

function isAccess(node: ts.Node, object: ts.Node): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.expression === object && !node.questionDotToken;
}

function isCallOf(node: ts.Node, callee: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && node.expression === callee && !node.questionDotToken && !node.typeArguments;
}

/** Members that errors of AWS SDK v2 and of functions have in common. */
const common: ReadonlySet<string> = new Set(["name", "message", "stack"]);

/** The node that reads another member of an error which is caught from the call. */
function readerOfErrors(source: Source, node: ts.Node): ts.Node | undefined {
  for (let each = node; !ts.isSourceFile(each) && !ts.isFunctionLike(each); each = each.parent) {
    const { parent } = each;
    if (!ts.isTryStatement(parent) || parent.tryBlock !== each) continue;
    const caught = parent.catchClause?.variableDeclaration;
    if (!caught) continue;
    if (!ts.isIdentifier(caught.name)) return caught;
    const reader = referencesTo(source, caught, caught.name)
      .map((reference) => readOf(reference))
      .find((read) => !isCommon(read));
    if (reader) return reader;
  }
  return undefined;
}

/** The node that uses an error, outside of casts and type assertions. */
function readOf(reference: ts.Identifier): ts.Node {
  let node: ts.Node = reference;
  while (
    ts.isAsExpression(node.parent) ||
    ts.isParenthesizedExpression(node.parent) ||
    ts.isNonNullExpression(node.parent)
  ) {
    node = node.parent;
  }
  return ts.isPropertyAccessExpression(node.parent) ? node.parent : node;
}

function isCommon(read: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(read)) return common.has(read.name.text);
  const { parent } = read;
  if (ts.isThrowStatement(parent)) return true;
  return ts.isCallExpression(parent) && parent.expression.getText().startsWith("console.");
}
