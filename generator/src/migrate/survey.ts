import { ts } from "ts-morph";
import { type Section, sections } from "./sections.js";
import { referencesTo, type Source, walk } from "./source.js";

/** `AWS` in `import AWS from "aws-sdk"`, and its uses. */
export interface Namespace {
  readonly kind: "namespace";
  readonly specifier: ts.StringLiteralLike;
  readonly declaration: ts.ImportClause | ts.NamespaceImport | ts.VariableDeclaration | ts.ImportEqualsDeclaration;
  readonly uses: readonly Use[];
}

/** A use of a namespace's member: `AWS.CloudTrail`, or a name in a destructuring pattern. */
export interface Use {
  readonly name: string;
  readonly node: ts.Node;
  /** `const { CloudTrail } = AWS` */
  readonly taken?: ts.BindingElement & { readonly name: ts.Identifier };
}

/** `{ CloudTrail, config }`, imported or destructured from a `require` call. */
export interface Named {
  readonly kind: "named";
  readonly specifier: ts.StringLiteralLike;
  readonly elements: readonly NamedElement[];
}

export interface NamedElement {
  readonly name: string;
  readonly local: ts.Identifier;
  readonly node: ts.ImportSpecifier | ts.BindingElement | ts.ExportSpecifier;
}

/** `require("aws-sdk").CloudTrail`, or the same in a type. */
export interface Inline {
  readonly kind: "inline";
  readonly specifier: ts.StringLiteralLike;
  readonly name: string;
  /** The name. */
  readonly node: ts.Identifier;
  /** The complete expression or type. */
  readonly whole: ts.Node;
}

/** The module of one client: `aws-sdk/clients/cloudtrail`. */
export interface Client {
  readonly kind: "client";
  readonly service: string;
  readonly specifier: ts.StringLiteralLike;
  readonly form:
    | {
        readonly kind: "import" | "variable";
        readonly binding: ts.Node;
        readonly local: ts.Identifier;
        readonly declaration: ts.Node;
      }
    | { readonly kind: "types"; readonly elements: readonly NamedElement[] }
    | { readonly kind: "effect" }
    | { readonly kind: "call"; readonly call: ts.CallExpression };
}

export type Binding = Namespace | Named | Inline | Client;

/** A use that cannot be analyzed from the file alone, with the reason. */
export interface Opaque {
  readonly node: ts.Node;
  readonly reason: string;
  readonly section: Section;
}

export interface Survey {
  readonly bindings: readonly Binding[];
  readonly opaque: readonly Opaque[];
}

const root = /^(?!aws-sdk\/)|^aws-sdk\/global(?:\.js)?$/;
const client = /^aws-sdk\/clients\/(\w+)(?:\.js)?$/;

/** How a file imports a module (for aws-sdk, including its subpaths), and what it uses of it. */
export function survey(source: Source, module: string): Survey {
  const bindings: Binding[] = [];
  const opaque: Opaque[] = [];
  const give = (found: Binding | Opaque | undefined): void => {
    if (!found) return;
    if ("kind" in found) bindings.push(found);
    else opaque.push(found);
  };
  walk(source.file, (node) => {
    if (!ts.isStringLiteralLike(node) || !(node.text === module || node.text.startsWith(`${module}/`))) return;
    for (const found of bindingsOf(source, node)) give(found);
  });
  return { bindings, opaque };
}

function bindingsOf(source: Source, specifier: ts.StringLiteralLike): (Binding | Opaque)[] {
  const { parent } = specifier;
  if (ts.isImportDeclaration(parent)) return importBindings(source, specifier, parent);
  if (ts.isExternalModuleReference(parent)) return equalsBindings(source, specifier, parent.parent);
  if (ts.isExportDeclaration(parent)) return exportBindings(specifier, parent);
  if (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent)) return typeBindings(specifier, parent.parent);
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== specifier) return [];
  const { expression } = parent;
  if (ts.isIdentifier(expression) && expression.text === "require" && !isDeclared(source, expression)) {
    return requireBindings(source, specifier, parent);
  }
  if (expression.kind === ts.SyntaxKind.ImportKeyword) {
    return [{ node: parent, reason: "aws-sdk is imported at run time", section: sections.passedOn }];
  }
  const isMock = ts.isPropertyAccessExpression(expression) && /mock|actual/i.test(expression.name.text);
  return isMock ? [{ node: parent, reason: "aws-sdk is replaced in a test", section: sections.reExports }] : [];
}

function isDeclared({ checker }: Source, name: ts.Identifier): boolean {
  return (checker.getSymbolAtLocation(name)?.declarations?.length ?? 0) > 0;
}

function importBindings(source: Source, specifier: ts.StringLiteralLike, node: ts.ImportDeclaration) {
  const { importClause: clause } = node;
  const service = client.exec(specifier.text)?.[1];
  if (!clause)
    return service === undefined ? [] : [{ kind: "client", service, specifier, form: { kind: "effect" } } as const];
  const { name, namedBindings: named } = clause;
  if (name && named) {
    return [{ node, reason: "it imports a module and parts of it at once", section: sections.passedOn }];
  }
  const elements =
    named && ts.isNamedImports(named) ? named.elements.map((element) => namedElement(element)) : undefined;
  if (elements?.some((element) => element.name === "default")) {
    return [{ node, reason: "it imports the default by name", section: sections.passedOn }];
  }
  if (service !== undefined) {
    if (elements) return [{ kind: "client", service, specifier, form: { kind: "types", elements } } as const];
    const declaration = name ? clause : (named as ts.NamespaceImport);
    const local = name ?? (named as ts.NamespaceImport).name;
    const binding = name ?? declaration;
    return [{ kind: "client", service, specifier, form: { kind: "import", binding, local, declaration } } as const];
  }
  if (elements) return [{ kind: "named", specifier, elements } as const];
  if (!root.test(specifier.text)) return [];
  if (name) return namespace(source, specifier, clause, name);
  return named && ts.isNamespaceImport(named) ? namespace(source, specifier, named, named.name) : [];
}

function equalsBindings(source: Source, specifier: ts.StringLiteralLike, node: ts.ImportEqualsDeclaration) {
  const service = client.exec(specifier.text)?.[1];
  if (service === undefined) {
    return root.test(specifier.text) ? namespace(source, specifier, node, node.name) : [];
  }
  return [{ node, reason: "a client's module is imported with import = require", section: sections.passedOn }];
}

function exportBindings(specifier: ts.StringLiteralLike, node: ts.ExportDeclaration): (Binding | Opaque)[] {
  const { exportClause: clause } = node;
  if (clause && ts.isNamedExports(clause) && root.test(specifier.text)) {
    const elements = clause.elements.map((element) => namedElement(element));
    if (elements.every((element) => element.name !== "default")) return [{ kind: "named", specifier, elements }];
  }
  return [{ node, reason: "aws-sdk is exported again as a whole", section: sections.reExports }];
}

function typeBindings(specifier: ts.StringLiteralLike, node: ts.ImportTypeNode): (Binding | Opaque)[] {
  let { qualifier } = node;
  while (qualifier && ts.isQualifiedName(qualifier)) qualifier = qualifier.left;
  if (qualifier && root.test(specifier.text)) {
    return [{ kind: "inline", specifier, name: qualifier.text, node: qualifier, whole: node }];
  }
  return [{ node, reason: "the type of a whole module is used", section: sections.types }];
}

function requireBindings(source: Source, specifier: ts.StringLiteralLike, call: ts.CallExpression) {
  const { parent } = call;
  const service = client.exec(specifier.text)?.[1];
  const variable = ts.isVariableDeclaration(parent) && parent.initializer === call && !parent.type ? parent : undefined;
  if (service !== undefined) {
    if (!variable || !ts.isIdentifier(variable.name)) {
      return variable
        ? [{ node: call, reason: "parts are taken out of a client", section: sections.passedOn }]
        : [{ kind: "client", service, specifier, form: { kind: "call", call } } as const];
    }
    const { name } = variable;
    const form = { kind: "variable", binding: name, local: name, declaration: variable } as const;
    return [{ kind: "client", service, specifier, form } as const];
  }
  if (variable && ts.isObjectBindingPattern(variable.name)) {
    const elements = takenElements(variable.name);
    return elements
      ? [{ kind: "named", specifier, elements } as const]
      : [{ node: call, reason: "it is taken apart in a way that is not followed", section: sections.passedOn }];
  }
  if (!root.test(specifier.text)) return [];
  if (variable && ts.isIdentifier(variable.name)) return namespace(source, specifier, variable, variable.name);
  if (ts.isPropertyAccessExpression(parent) && parent.expression === call && ts.isIdentifier(parent.name)) {
    const { name } = parent;
    return [{ kind: "inline", specifier, name: name.text, node: name, whole: parent } as const];
  }
  if (ts.isExpressionStatement(parent)) return [];
  return [{ node: call, reason: "aws-sdk is passed on as a whole", section: sections.passedOn }];
}

function namedElement(node: ts.ImportSpecifier | ts.ExportSpecifier): NamedElement {
  return { name: (node.propertyName ?? node.name).text, local: node.name as ts.Identifier, node };
}

/** The names in a destructuring pattern. Undefined if the pattern does more than name members. */
function takenElements(pattern: ts.ObjectBindingPattern): NamedElement[] | undefined {
  const elements = pattern.elements.map((node): NamedElement | undefined => {
    const { name: local, propertyName = local, dotDotDotToken, initializer } = node;
    if (!ts.isIdentifier(local) || !ts.isIdentifier(propertyName) || dotDotDotToken || initializer) return undefined;
    return { name: propertyName.text, local, node };
  });
  return elements.every((element) => element !== undefined) ? elements : undefined;
}

function namespace(
  source: Source,
  specifier: ts.StringLiteralLike,
  declaration: Namespace["declaration"],
  local: ts.Identifier,
): (Binding | Opaque)[] {
  const found = referencesTo(source, declaration, local).map((reference) => usesOf(reference));
  const uses = found.flatMap((each) => (Array.isArray(each) ? each : []));
  const opaque = found.flatMap((each) => (Array.isArray(each) ? [] : [each]));
  return [{ kind: "namespace", specifier, declaration, uses }, ...opaque];
}

function usesOf(reference: ts.Identifier): Use[] | Opaque {
  const { parent } = reference;
  const member = memberOf(reference);
  if (member && !isChanged(member.node)) return [member];
  if (ts.isVariableDeclaration(parent) && parent.initializer === reference && ts.isObjectBindingPattern(parent.name)) {
    const elements = takenElements(parent.name);
    if (elements) {
      return elements.map(({ name, node }) => ({ name, node, taken: node as NonNullable<Use["taken"]> }));
    }
  }
  const section =
    ts.isExportSpecifier(parent) || ts.isExportAssignment(parent) ? sections.reExports : sections.passedOn;
  if (ts.isElementAccessExpression(parent) && parent.expression === reference) {
    return { node: parent, reason: "the service is only known at run time", section };
  }
  const what = member ? `${reference.text}.${member.name} is replaced` : `${reference.text} is passed on as a whole`;
  return { node: parent, reason: what, section };
}

function memberOf(reference: ts.Identifier): Use | undefined {
  const { parent } = reference;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === reference) {
    return { name: parent.name.text, node: parent };
  }
  if (ts.isQualifiedName(parent) && parent.left === reference) return { name: parent.right.text, node: parent };
  if (ts.isElementAccessExpression(parent) && parent.expression === reference) {
    const { argumentExpression } = parent;
    return ts.isStringLiteralLike(argumentExpression) ? { name: argumentExpression.text, node: parent } : undefined;
  }
  return undefined;
}

/** Whether a member itself is assigned or deleted, not a part of it. */
function isChanged(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isDeleteExpression(parent)) return true;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}
