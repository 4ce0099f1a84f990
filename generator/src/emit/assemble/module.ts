import { ts } from "ts-morph";

/** The names that a module declares and uses, found in one pass over its syntax tree. */
export interface ModuleNames {
  /** Exported names. Those without a value can only be imported as types. */
  readonly exports: ReadonlyMap<string, { readonly typeOnly: boolean }>;
  /** Names that the module does not declare, and whether one of the uses needs the value. */
  readonly uses: ReadonlyMap<string, { readonly value: boolean }>;
}

export function readNames(file: ts.SourceFile): ModuleNames {
  const declared = new Set<string>();
  const exported = new Map<string, { typeOnly: boolean }>();
  const used = new Map<string, { value: boolean }>();

  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const use = useOf(node);
      if (use) used.set(node.text, { value: use === "value" || used.get(node.text)?.value === true });
      else if (isDeclaredName(node)) declared.add(node.text);
      return;
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  for (const statement of file.statements) {
    for (const [name, typeOnly] of exportsOf(statement)) {
      exported.set(name, { typeOnly: typeOnly && exported.get(name)?.typeOnly !== false });
    }
  }
  for (const name of declared) used.delete(name);
  return { exports: exported, uses: used };
}

function exportsOf(statement: ts.Statement): [name: string, typeOnly: boolean][] {
  if (!ts.canHaveModifiers(statement)) return [];
  const isExported = ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [[name.text, false]] : [],
    );
  }
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return [[statement.name.text, true]];
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return statement.name ? [[statement.name.text, false]] : [];
  }
  return [];
}

/** Whether an identifier refers to a value or a type. Undefined if it is only a member name or label. */
function useOf(node: ts.Identifier): "value" | "type" | undefined {
  const { parent } = node;
  // `export { name } from "module"` uses no name of this module.
  if (ts.isExportSpecifier(parent) && parent.parent.parent.moduleSpecifier) return undefined;
  if (ts.isExportSpecifier(parent)) return (parent.propertyName ?? parent.name) === node ? "type" : undefined;
  if (ts.isTypeReferenceNode(parent) || ts.isTypeQueryNode(parent)) return "type";
  if (ts.isQualifiedName(parent)) return parent.left === node ? "type" : undefined;
  if (ts.isExpressionWithTypeArguments(parent)) {
    const isClassBase = ts.isHeritageClause(parent.parent) && ts.isClassDeclaration(parent.parent.parent);
    return isClassBase && parent.parent.token === ts.SyntaxKind.ExtendsKeyword ? "value" : "type";
  }
  if (isDeclaredName(node) || isPartName(node)) return undefined;
  return "value";
}

function isDeclaredName(node: ts.Identifier): boolean {
  const { parent } = node;
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isFunctionExpression(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isModuleDeclaration(parent) ||
    ts.isTypeParameterDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent);
  return declares && parent.name === node;
}

/** Names of members, labels and the like, which are not resolved in a scope. */
function isPartName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === node;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return true;
  const named =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isGetAccessorDeclaration(parent) ||
    ts.isSetAccessorDeclaration(parent) ||
    ts.isNamedTupleMember(parent);
  return named && parent.name === node;
}
