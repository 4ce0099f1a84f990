import type { ts } from "ts-morph";
import { lineOf } from "./edits.js";
import { classReferences, obstacles, packageFor, shared } from "./members.js";
import { Move } from "./move.js";
import type { ServicePackage } from "./packages.js";
import { sections } from "./sections.js";
import type { Source } from "./source.js";
import { left, type Step } from "./step.js";
import { type Binding, type Opaque, type Survey, survey } from "./survey.js";

const nothing: Step = { edits: [], notes: [] };

/**
 * Migrates from aws-sdk to the classic subpath of packages. All uses of a service in a file are migrated, or none: a
 * part of them would not work.
 */
export function toClassic(source: Source, packages: readonly ServicePackage[]): Step {
  const found = survey(source, "aws-sdk");
  const { bindings, opaque } = found;
  if (bindings.length === 0 && opaque.length === 0) return nothing;
  const names = bindings.flatMap((binding) => namesOf(binding));
  const others = names.some((name) => !packageFor(name, packages) && !shared.has(name));
  const moving = new Set(names.flatMap((name) => packageFor(name, packages) ?? []));
  if (opaque.length > 0) return moving.size > 0 || !others ? left(source, opaque) : nothing;
  if (moving.size === 0) return others ? configured(source, bindings) : onlyConfigured(source, bindings);

  const inTheWay: Opaque[] = [];
  for (const { name, node } of classReferences(source, found)) {
    const target = packageFor(name, packages);
    const reasons = target ? obstacles(source, node, target) : [];
    inTheWay.push(...reasons);
    if (target && reasons.length > 0) moving.delete(target);
  }
  inTheWay.push(...missingTypes(found, packages, moving));
  if (moving.size === 0) return left(source, inTheWay);
  const step = new Move(source, found, moving, others || inTheWay.length > 0).step();
  const comments = left(source, inTheWay);
  return { edits: [...comments.edits, ...step.edits], notes: [...comments.notes, ...step.notes] };
}

function namesOf(binding: Binding): string[] {
  if (binding.kind === "namespace") return binding.uses.map(({ name }) => name);
  if (binding.kind === "named") return binding.elements.map(({ name }) => name);
  return [binding.kind === "inline" ? binding.name : binding.service.toUpperCase()];
}

function configUses(bindings: readonly Binding[]): ts.Node[] {
  return bindings.flatMap((binding) => {
    if (binding.kind === "namespace")
      return binding.uses.filter(({ name }) => name === "config").map(({ node }) => node);
    if (binding.kind === "named")
      return binding.elements.filter(({ name }) => name === "config").map(({ node }) => node);
    return [];
  });
}

const unseen = "it does not configure migrated service objects";

/**
 * A file that only uses other services is not changed, but its configuration may also have applied to migrated ones.
 */
function configured(source: Source, bindings: readonly Binding[]): Step {
  const [first] = configUses(bindings);
  if (!first) return nothing;
  const note = { line: lineOf(source, first), reason: unseen, section: sections.configuration, isComment: false };
  return { edits: [], notes: [note] };
}

function onlyConfigured(source: Source, bindings: readonly Binding[]): Step {
  const [first] = configUses(bindings);
  return first ? left(source, [{ node: first, reason: unseen, section: sections.configuration }]) : nothing;
}

/** Missing types among those that are imported by name from a client's module. */
function missingTypes(
  { bindings }: Survey,
  packages: readonly ServicePackage[],
  moving: Set<ServicePackage>,
): Opaque[] {
  return bindings.flatMap((binding) => {
    if (binding.kind !== "client" || binding.form.kind !== "types") return [];
    const target = packageFor(binding.service.toUpperCase(), packages);
    const missing = binding.form.elements.filter(({ name }) => target?.facts && !target.facts.types.has(name));
    if (target && missing.length > 0) moving.delete(target);
    return missing.map(({ name, node }) => ({
      node,
      reason: `${target?.name ?? ""} has no type ${name}`,
      section: sections.types,
    }));
  });
}
