import { ts } from "ts-morph";
import { type Call, callEdits, callOf } from "./calls.js";
import { type Edit, replace } from "./edits.js";
import { importAfter, moduleEdit, specifierText, type Wanted, withoutElements } from "./imports.js";
import { classReferences, constructed } from "./members.js";
import { classicOf, type PackageFacts, type ServicePackage } from "./packages.js";
import { sections } from "./sections.js";
import { clientOptions } from "./options.js";
import { namesIn, referencesTo, type Source, walk } from "./source.js";
import { left, type Step } from "./step.js";
import { type Binding, type Named, type Namespace, type Opaque, type Survey, survey } from "./survey.js";

/** Migrates from the classic subpath of a package to its functions, for service objects for which that is safe. */
export function toFunctions(source: Source, target: ServicePackage): Step {
  const found = survey(source, classicOf(target));
  const { facts } = target;
  if (!facts) {
    const [first] = found.bindings;
    const reason = `${target.name} is not installed here, so its operations are unknown`;
    return left(source, first ? [{ node: first.specifier, reason, section: sections.functions }] : []);
  }
  const references = classReferences(source, found).filter(({ name }) => name === facts.className);
  const nodes = references.filter(({ node }) => ts.isNewExpression(node.parent) && node.parent.expression === node);
  const reasons = nodes.length > 0 ? fileObstacles(source, found) : [];
  if (reasons.length > 0) return left(source, reasons);
  return new Functions(source, target, facts, found).step(nodes.map(({ node }) => node));
}

/** Obstacles for all service objects of a file. */
function fileObstacles(source: Source, { bindings }: Survey): Opaque[] {
  const reasons: Opaque[] = [];
  for (const binding of bindings) {
    const members = binding.kind === "namespace" ? binding.uses : binding.kind === "named" ? binding.elements : [];
    for (const { name, node } of members) {
      if (name !== "config" && name !== "events") continue;
      reasons.push({ node, reason: `a client does not read ${name}`, section: sections.functions });
    }
  }
  walk(source.file, (node) => {
    if (!ts.isPropertyAccessExpression(node) || node.name.text !== "$response") return;
    reasons.push({ node, reason: "outputs of functions have no $response", section: sections.functions });
  });
  return reasons;
}

class Functions {
  readonly #source: Source;
  readonly #target: ServicePackage;
  readonly #facts: PackageFacts;
  readonly #survey: Survey;
  readonly #names: Set<string>;
  readonly #edits: Edit[] = [];
  readonly #inTheWay: Opaque[] = [];
  readonly #wanted = new Map<string, Wanted>();
  /** References to the class that are replaced. */
  readonly #moved = new Set<ts.Node>();

  constructor(source: Source, target: ServicePackage, facts: PackageFacts, found: Survey) {
    this.#source = source;
    this.#target = target;
    this.#facts = facts;
    this.#survey = found;
    this.#names = namesIn(source);
  }

  step(classes: readonly ts.Node[]): Step {
    for (const node of classes) this.#move(node);
    this.#import();
    const comments = left(this.#source, this.#inTheWay);
    return { edits: [...comments.edits, ...this.#edits], notes: comments.notes };
  }

  #move(node: ts.Node): void {
    const source = this.#source;
    const construction = node.parent as ts.NewExpression;
    const give = (at: ts.Node, reason: string): void => {
      this.#inTheWay.push({ node: at, reason, section: sections.functions });
    };
    const variable = constructed(node);
    if (!variable || variable.type || !isConstant(variable)) {
      return give(construction, "the service object is not a constant of this file");
    }
    const { name } = variable;
    if (isExported(variable)) return give(construction, `${name.text} is exported`);
    const uses = referencesTo(source, variable, name).map((use) => this.#callOf(use));
    const opaque = uses.filter((use) => "reason" in use);
    if (opaque.length > 0) {
      this.#inTheWay.push(...opaque);
      return;
    }
    const options = clientOptions(source, construction);
    if ("obstacle" in options) return give(options.node, options.obstacle);
    this.#edits.push(replace(source, node, this.#local(`${this.#facts.className}Client`)), ...options.edits);
    for (const use of uses as readonly Call[]) {
      this.#edits.push(...callEdits(source, use, this.#local(use.operation)));
    }
    this.#moved.add(node);
  }

  #callOf(use: ts.Identifier): Call | Opaque {
    const found = callOf(this.#source, use, this.#facts.operations);
    if ("reason" in found || !this.#facts.streamed.has(found.operation)) return found;
    const reason = `the function ${found.operation} returns a streaming body, which must be read`;
    return { node: found.whole, reason, section: sections.functions };
  }

  /** The local name of an export of the package. */
  #local(name: string): string {
    const known = this.#wanted.get(name);
    if (known) return known.local;
    const isFree = !this.#names.has(name);
    const local = isFree ? name : `call${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    this.#names.add(local);
    this.#wanted.set(name, { name, local, isType: false });
    return local;
  }

  /** Replaces the import of the service object if nothing else needs it. */
  #import(): void {
    const source = this.#source;
    const wanted = [...this.#wanted.values()];
    const binding = this.#survey.bindings.find((each) => this.#usesOf(each).some(({ moved }) => moved));
    if (!binding || wanted.length === 0) return;
    const { specifier } = binding;
    const uses = this.#usesOf(binding);
    const list = placeOf(binding);
    if (uses.some(({ moved }) => !moved) || !list) {
      if (binding.kind === "named") {
        const gone = new Set(uses.filter(({ moved }) => moved).map(({ element }) => element));
        this.#edits.push(
          ...withoutElements(
            source,
            binding.elements.map(({ node }) => node),
            gone,
          ),
        );
      }
      this.#edits.push(importAfter(source, specifier, this.#target.name, wanted));
      return;
    }
    const as = ts.isObjectBindingPattern(list) || ts.isVariableDeclaration(list.parent) ? ": " : " as ";
    this.#edits.push(
      replace(source, list, `{ ${wanted.map((each) => specifierText(each, as)).join(", ")} }`),
      moduleEdit(source, specifier, this.#target.name),
    );
  }

  /** The elements of an import, and whether they are no longer needed. */
  #usesOf(binding: Binding): { readonly element: ts.Node; readonly moved: boolean }[] {
    if (binding.kind === "namespace") {
      return binding.uses.map(({ node }) => ({ element: node, moved: this.#moved.has(node) }));
    }
    if (binding.kind !== "named") return [];
    return binding.elements.map(({ node, local }) => {
      const references = referencesTo(this.#source, node, local);
      return { element: node, moved: references.length > 0 && references.every((each) => this.#moved.has(each)) };
    });
  }
}

/** The node with the names that a statement imports. */
function placeOf(binding: Namespace | Named | Binding): ts.Node | undefined {
  if (binding.kind === "named") return binding.elements[0]?.node.parent;
  if (binding.kind !== "namespace") return undefined;
  const { declaration } = binding;
  if (ts.isNamespaceImport(declaration)) return declaration;
  return ts.isVariableDeclaration(declaration) ? declaration.name : undefined;
}

function isConstant({ parent }: ts.VariableDeclaration): boolean {
  return ts.isVariableDeclarationList(parent) && (parent.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
}

function isExported({ parent: { parent } }: ts.VariableDeclaration): boolean {
  return (
    ts.isVariableStatement(parent) &&
    parent.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  );
}
