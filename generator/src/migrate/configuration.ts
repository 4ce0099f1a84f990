import { ts } from "ts-morph";
import type { Edit } from "./edits.js";
import { exchangeable } from "./members.js";
import type { Source } from "./source.js";

/** Members of aws-sdk's configuration that the classic subpath lacks. */
const absent = /^(?:[gs]etPromisesDependency|getToken|token|extractCredentials|isClockSkewed)$/;

/** Whether a use of the configuration needs such a member. */
export function isAbsent(config: ts.Node): boolean {
  const { parent } = config;
  return ts.isPropertyAccessExpression(parent) && parent.expression === config && absent.test(parent.name.text);
}

/**
 * Repeats a statement for a second configuration, after the statement itself. Undefined if the statement does more than
 * set options to values that can be evaluated twice.
 */
export function repeated(source: Source, config: ts.Node, other: string): Edit | undefined {
  const { text, file, newLine } = source;
  const statement = settingStatement(config);
  if (!statement) return undefined;
  const start = statement.getStart(file);
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  if (before.trim() !== "") return undefined;
  const [from, to] = [config.getStart(file) - start, config.getEnd() - start];
  const whole = text.slice(start, statement.getEnd());
  const end = statement.getEnd();
  return { start: end, end, text: `${newLine}${before}${whole.slice(0, from)}${other}${whole.slice(to)}` };
}

function settingStatement(config: ts.Node): ts.ExpressionStatement | undefined {
  const access = config.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== config) return undefined;
  const { parent } = access;
  if (ts.isCallExpression(parent) && parent.expression === access) {
    const isSetting = /^(?:update|loadFromPath)$/.test(access.name.text) && parent.arguments.every(isRepeatable);
    return isSetting && ts.isExpressionStatement(parent.parent) ? parent.parent : undefined;
  }
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  return parent.left === access && isRepeatable(parent.right) && ts.isExpressionStatement(parent.parent)
    ? parent.parent
    : undefined;
}

/** Whether an expression has no side effects and has the same value a second time. */
function isRepeatable(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) {
    const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
    return ts.isIdentifier(name) && exchangeable.has(name.text) && (node.arguments ?? []).every(isRepeatable);
  }
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) =>
        ts.isShorthandPropertyAssignment(property) ||
        (ts.isPropertyAssignment(property) &&
          !ts.isComputedPropertyName(property.name) &&
          isRepeatable(property.initializer)),
    );
  }
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isRepeatable);
  if (ts.isPropertyAccessExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node)) {
    return isRepeatable(node.expression);
  }
  if (ts.isElementAccessExpression(node)) return isRepeatable(node.expression) && isRepeatable(node.argumentExpression);
  if (ts.isBinaryExpression(node)) {
    const isChoice = /^(?:\|\||\?\?|&&|\+)$/.test(node.operatorToken.getText());
    return isChoice && isRepeatable(node.left) && isRepeatable(node.right);
  }
  return ts.isIdentifier(node) || ts.isLiteralExpression(node) || isConstant(node.kind);
}

function isConstant(kind: ts.SyntaxKind): boolean {
  const { TrueKeyword, FalseKeyword, NullKeyword } = ts.SyntaxKind;
  return kind === TrueKeyword || kind === FalseKeyword || kind === NullKeyword;
}
