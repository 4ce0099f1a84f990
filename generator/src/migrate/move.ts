import { ts } from "ts-morph";
import { isAbsent, repeated } from "./configuration.js";
import { type Edit, replace } from "./edits.js";
import { importAfter, moduleEdit, specifierText, type Wanted, withoutElements } from "./imports.js";
import { exchangeable, packageFor, shared, sharedTypes } from "./members.js";
import { classicOf, type ServicePackage } from "./packages.js";
import { sections } from "./sections.js";
import { namesIn, referencesTo, type Source } from "./source.js";
import { left, type Step } from "./step.js";
import type { Client, Named, Namespace, Opaque, Survey } from "./survey.js";

/** Imports from a package, by exported name. */
type Names = Map<string, Wanted>;

/** The edits that migrate some services of a file. */
export class Move {
  readonly #source: Source;
  readonly #survey: Survey;
  readonly #moving: ReadonlySet<ServicePackage>;
  /** Whether aws-sdk is still used for other services. */
  readonly #isMixed: boolean;
  readonly #names: Set<string>;
  readonly #edits: Edit[] = [];
  readonly #inTheWay: Opaque[] = [];

  constructor(source: Source, found: Survey, moving: ReadonlySet<ServicePackage>, isMixed: boolean) {
    this.#source = source;
    this.#survey = found;
    this.#moving = moving;
    this.#isMixed = isMixed;
    this.#names = namesIn(source);
  }

  step(): Step {
    for (const binding of this.#survey.bindings) {
      if (binding.kind === "namespace") this.#moveNamespace(binding);
      else if (binding.kind === "named") this.#moveNamed(binding);
      else if (binding.kind === "client") this.#moveClient(binding);
      else {
        const target = this.#targetOf(binding.name);
        if (target) this.#edits.push(moduleEdit(this.#source, binding.specifier, classicOf(target)));
        if (target) this.#rename(binding.name, binding.node, target);
      }
    }
    return this.#inTheWay.length > 0 ? left(this.#source, this.#inTheWay) : { edits: this.#edits, notes: [] };
  }

  /** The package for a name of aws-sdk. Undefined if the name still comes from aws-sdk. */
  #targetOf(name: string): ServicePackage | undefined {
    const own = packageFor(name, [...this.#moving]);
    if (own || !shared.has(name)) return own;
    // Errors of aws-sdk have all members that this type declares.
    return this.#isMixed && name !== "AWSError" ? undefined : this.#first;
  }

  get #first(): ServicePackage | undefined {
    const [first] = this.#moving;
    return first;
  }

  #moveNamespace({ specifier, declaration, uses }: Namespace): void {
    const source = this.#source;
    if (!this.#checkConfig(uses.filter(({ name }) => name === "config").map(({ node }) => node))) return;
    const stays = uses.some(({ name }) => !this.#targetOf(name)) || (this.#isMixed && uses.length === 0);
    const home = stays
      ? undefined
      : (uses.map(({ name }) => packageFor(name, [...this.#moving])).find(Boolean) ?? this.#first);
    if (home) {
      this.#edits.push(moduleEdit(source, specifier, classicOf(home)));
      if (ts.isImportClause(declaration) && declaration.name) {
        this.#edits.push(replace(source, declaration.name, `* as ${declaration.name.text}`));
      }
    }
    const wanted = new Map<ServicePackage, Names>();
    for (const { name, node, taken } of uses) {
      const target = this.#targetOf(name);
      if (!target || target === home || (home && shared.has(name))) {
        if (target) this.#rename(name, node, target);
        else if (this.#isMixed) this.#stay(name, node);
        continue;
      }
      if (taken) {
        const reason = "its members come from several packages";
        this.#inTheWay.push({ node: taken, reason, section: sections.passedOn });
        continue;
      }
      const names = wanted.get(target) ?? new Map<string, Wanted>();
      wanted.set(target, names);
      const imported = nameIn(name, target);
      const local = names.get(imported)?.local ?? this.#free(imported);
      names.set(imported, { name: imported, local, isType: sharedTypes.has(name) });
      this.#edits.push(replace(source, node, local));
    }
    const repeats = this.#repeatConfig(
      uses.filter(({ name }) => name === "config").map(({ node }) => node),
      wanted,
    );
    this.#edits.push(...repeats);
    for (const [target, names] of wanted) this.#import(specifier, target, names);
  }

  #moveNamed({ specifier, elements }: Named): void {
    const source = this.#source;
    const config = elements.filter(({ name }) => name === "config");
    const uses = config.flatMap(({ node, local }) => referencesTo(source, node, local));
    if (!this.#checkConfig(uses)) return;
    for (const { name, node } of elements) if (this.#isMixed && !this.#targetOf(name)) this.#stay(name, node);
    const targets = elements.map(({ name }) => this.#targetOf(name));
    const moved = targets.filter((target) => target !== undefined);
    if (moved.length === 0) return;
    const home = moved.length < elements.length ? undefined : moved[0];
    if (home) this.#edits.push(moduleEdit(source, specifier, classicOf(home)));
    const gone = new Set<ts.Node>();
    const wanted = new Map<ServicePackage, Names>();
    for (const [index, { name, node, local }] of elements.entries()) {
      const target = targets[index];
      if (!target) continue;
      if (target === home || (home && shared.has(name))) {
        const imported = nameIn(name, target);
        if (imported !== name) this.#edits.push(replace(source, node, this.#element(node, imported, local.text)));
        continue;
      }
      gone.add(node);
      const names = wanted.get(target) ?? new Map<string, Wanted>();
      const isType = sharedTypes.has(name) || (!ts.isBindingElement(node) && node.isTypeOnly);
      const imported = nameIn(name, target);
      wanted.set(target, names.set(imported, { name: imported, local: local.text, isType }));
    }
    this.#edits.push(
      ...withoutElements(
        source,
        elements.map(({ node }) => node),
        gone,
      ),
    );
    if (!home) this.#edits.push(...this.#repeatConfig(uses, wanted));
    for (const [target, names] of wanted) this.#import(specifier, target, names);
  }

  #element(node: ts.Node, name: string, local: string): string {
    return specifierText({ name, local }, ts.isBindingElement(node) ? ": " : " as ");
  }

  #moveClient({ service, specifier, form }: Client): void {
    const source = this.#source;
    const target = packageFor(service.toUpperCase(), [...this.#moving]);
    if (!target) return;
    const classic = classicOf(target);
    if (form.kind === "types") {
      this.#edits.push(moduleEdit(source, specifier, target.name));
      return;
    }
    this.#edits.push(moduleEdit(source, specifier, classic));
    if (form.kind === "effect") return;
    const local = form.kind === "call" ? service : form.local.text;
    const name = target.facts?.className ?? (local.toLowerCase() === service ? local : service);
    if (form.kind === "call") {
      const at = form.call.getEnd();
      this.#edits.push({ start: at, end: at, text: `.${name}` });
      return;
    }
    const as = form.kind === "variable" ? ": " : " as ";
    this.#edits.push(replace(source, form.binding, `{ ${specifierText({ name, local }, as)} }`));
  }

  /** Renames a class that has another name in the package. */
  #rename(name: string, node: ts.Node, target: ServicePackage): void {
    const other = nameIn(name, target);
    if (other === name) return;
    if (ts.isPropertyAccessExpression(node)) this.#edits.push(replace(this.#source, node.name, other));
    else if (ts.isQualifiedName(node)) this.#edits.push(replace(this.#source, node.right, other));
    else if (ts.isIdentifier(node)) this.#edits.push(replace(this.#source, node, other));
    else if (ts.isBindingElement(node) && ts.isIdentifier(node.name)) {
      this.#edits.push(replace(this.#source, node, this.#element(node, other, node.name.text)));
    }
  }

  #checkConfig(uses: readonly ts.Node[]): boolean {
    const missing = uses.filter(isAbsent);
    for (const node of missing) {
      const reason = `there is no ${node.parent.getText(this.#source.file)}`;
      this.#inTheWay.push({ node, reason, section: sections.absent });
    }
    return missing.length === 0;
  }

  /** Names that still come from aws-sdk must not concern the migrated services. */
  #stay(name: string, node: ts.Node): void {
    if (!shared.has(name) || name === "config" || exchangeable.has(name)) return;
    const reason = `it is unknown whether ${name} concerns migrated services or others`;
    this.#inTheWay.push({ node, reason, section: sections.configuration });
  }

  /** If both SDKs are used, the configuration is set for each. */
  #repeatConfig(uses: readonly ts.Node[], wanted: Map<ServicePackage, Names>): Edit[] {
    const first = this.#first;
    if (!this.#isMixed || uses.length === 0 || !first) return [];
    const local = this.#free("config");
    const edits = uses.flatMap((use) => {
      const edit = repeated(this.#source, use, local);
      if (edit) return [edit];
      const reason = "it concerns migrated services and others";
      this.#inTheWay.push({ node: use, reason, section: sections.configuration });
      return [];
    });
    const names = wanted.get(first) ?? new Map<string, Wanted>();
    wanted.set(first, names.set("config", { name: "config", local, isType: false }));
    return edits;
  }

  #import(specifier: ts.StringLiteralLike, target: ServicePackage, names: Names): void {
    this.#edits.push(importAfter(this.#source, specifier, classicOf(target), [...names.values()]));
  }

  /** A similar name that is not used in the file. */
  #free(name: string): string {
    let free = name;
    for (let count = 1; this.#names.has(free); count += 1) free = `${name}Classic${count > 1 ? count : ""}`;
    this.#names.add(free);
    return free;
  }
}

function nameIn(name: string, { facts }: ServicePackage): string {
  return shared.has(name) ? name : (facts?.className ?? name);
}
