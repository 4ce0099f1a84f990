import { ts } from "ts-morph";
import type { Rename } from "../change.js";
import { type Edit } from "../../migrate/edits.js";
import { clientFolder, ownFiles, type Project } from "./client-program.js";

/** Edits of one file for all new names. */
export interface FileEdits {
  readonly file: ts.SourceFile;
  readonly edits: readonly Edit[];
}

/**
 * Renames what has another name in the new client, in a program with the old client. The compiler resolves the names.
 */
export function renameEdits(
  program: ts.Program,
  project: Project,
  packageName: string,
  renames: readonly Rename[],
): FileEdits[] {
  const renamer = new Renamer(program.getTypeChecker(), clientFolder(project, packageName), packageName, renames);
  return ownFiles(program, project, packageName).flatMap((file) => {
    const edits = renamer.edits(file);
    return edits.length > 0 ? [{ file, edits }] : [];
  });
}

class Renamer {
  readonly #checker: ts.TypeChecker;
  readonly #folder: string;
  readonly #packageName: string;
  /** New name by the old one, of exports. */
  readonly #exports = new Map<string, string>();
  /** New name of a member or constant, by its type and its old name. */
  readonly #members = new Map<string, string>();
  readonly #modules = new Map<string, string>();

  constructor(checker: ts.TypeChecker, folder: string, packageName: string, renames: readonly Rename[]) {
    this.#checker = checker;
    this.#folder = folder;
    this.#packageName = packageName;
    for (const { kind, from, to, of, others } of renames) {
      if (of !== undefined) this.#members.set(`${of}.${from}`, to);
      else this.#exports.set(from, to);
      if (kind === "operation") this.#modules.set(from, to);
      for (const [old, now] of Object.entries(others)) this.#exports.set(old, now);
    }
  }

  edits(file: ts.SourceFile): Edit[] {
    const edits: Edit[] = [];
    const put = (node: ts.Node, text: string): void =>
      void edits.push({ start: node.getStart(file), end: node.getEnd(), text });
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) {
        const text = this.#newText(node);
        if (text !== undefined) put(node, text);
      } else if (ts.isStringLiteral(node) && isModuleName(node)) {
        const path = node.text.startsWith(`${this.#packageName}/`) ? node.text.slice(this.#packageName.length + 1) : "";
        const to = this.#modules.get(path);
        const quote = node.getText(file).charAt(0);
        if (to !== undefined) put(node, `${quote}${this.#packageName}/${to}${quote}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return edits;
  }

  #newText(node: ts.Identifier): string | undefined {
    const { parent } = node;
    if (ts.isShorthandPropertyAssignment(parent)) return this.#shorthand(node, parent);
    if (
      ts.isBindingElement(parent) &&
      parent.name === node &&
      !parent.propertyName &&
      ts.isObjectBindingPattern(parent.parent)
    ) {
      const to = this.#member(this.#checker.getTypeAtLocation(parent.parent), node.text);
      return to === undefined ? undefined : `${to}: ${node.text}`;
    }
    if (ts.isBindingElement(parent) && parent.propertyName === node) {
      return this.#member(this.#checker.getTypeAtLocation(parent.parent), node.text);
    }
    if (ts.isPropertyAssignment(parent) && parent.name === node) {
      return this.#member(this.#checker.getContextualType(parent.parent), node.text);
    }
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
      return this.#member(this.#checker.getTypeAtLocation(parent.expression), node.text) ?? this.#exported(node);
    }
    return this.#exported(node);
  }

  /** `{ Name }` names both the member and the variable. */
  #shorthand(node: ts.Identifier, parent: ts.ShorthandPropertyAssignment): string | undefined {
    const member = this.#member(this.#checker.getContextualType(parent.parent), node.text);
    const value = this.#checker.getShorthandAssignmentValueSymbol(parent);
    const variable = value && this.#isClients(value) ? this.#exports.get(node.text) : undefined;
    if (member === undefined && variable === undefined) return undefined;
    return `${member ?? node.text}: ${variable ?? node.text}`;
  }

  /** The new name of a member, where a type of the client declares it. */
  #member(type: ts.Type | undefined, name: string): string | undefined {
    if (!type) return undefined;
    const parts = type.isUnionOrIntersection() ? type.types : [type];
    for (const part of parts) {
      const symbol = this.#checker.getNonNullableType(part).getProperty(name);
      for (const declaration of symbol?.declarations ?? []) {
        const owner = this.#isOwn(declaration) ? ownerOf(declaration) : undefined;
        const to = owner === undefined ? undefined : this.#members.get(`${owner}.${name}`);
        if (to !== undefined) return to;
      }
    }
    return undefined;
  }

  /** The new name of an export, where the name is bound to it. */
  #exported(node: ts.Identifier): string | undefined {
    const to = this.#exports.get(node.text);
    if (to === undefined) return undefined;
    const { parent } = node;
    // `import { old as mine }`: only the first name is the client's.
    if (ts.isImportSpecifier(parent) && parent.propertyName && parent.name === node) return undefined;
    const symbol = this.#checker.getSymbolAtLocation(node);
    return symbol && this.#isClients(symbol) ? to : undefined;
  }

  #isClients(symbol: ts.Symbol): boolean {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const target = isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    if ((target.flags & ts.SymbolFlags.ClassMember) !== 0) return false;
    return (target.declarations ?? []).some((declaration) => this.#isOwn(declaration));
  }

  #isOwn(node: ts.Node): boolean {
    return node.getSourceFile().fileName.startsWith(`${this.#folder}/`);
  }
}

function isModuleName({ parent }: ts.StringLiteral): boolean {
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  return ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
}

/** Name of the interface, class, union or constant that a member is declared in. */
function ownerOf(declaration: ts.Node): string | undefined {
  for (let node = declaration.parent; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      return node.name?.text;
    }
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) return node.name.text;
  }
  return undefined;
}
