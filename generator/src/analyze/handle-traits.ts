import type { MemberShape, Model, Shape, Traits } from "../model/model.js";
import type { Diagnostic } from "../diagnostics.js";
import type { TraitHandler } from "../plugin.js";

type Handlers = Readonly<Record<string, TraitHandler>>;

/** Runs the trait handlers of plugins, which express custom traits by traits that the generator knows. */
export function handleTraits(
  model: Model,
  handlers: Handlers,
): { readonly model: Model; readonly diagnostics: readonly Diagnostic[] } {
  const handled = Object.entries(handlers);
  if (handled.length === 0) return { model, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const readTraits = (shapeId: string, traits: Traits): Traits => {
    let result = traits;
    for (const [id, handle] of handled) {
      if (!Object.hasOwn(result, id)) continue;
      const meaning = handle({ value: result[id], shapeId, traits: result });
      result = { ...result, ...meaning.traits };
      for (const diagnostic of meaning.diagnostics ?? [])
        diagnostics.push({ ...diagnostic, shapeId, file: model.file });
    }
    return result;
  };
  const readMember = (member: MemberShape): MemberShape => ({
    ...member,
    traits: readTraits(member.id, member.traits),
  });
  const shapes = [...model.shapes].map(([id, shape]) => {
    const read = readMembers(shape, readMember);
    return [id, { ...read, traits: readTraits(id, read.traits) }] as const;
  });
  return { model: { ...model, shapes: new Map(shapes) }, diagnostics };
}

function readMembers(shape: Shape, read: (member: MemberShape) => MemberShape): Shape {
  if ("members" in shape) {
    return { ...shape, members: new Map([...shape.members].map(([name, member]) => [name, read(member)])) };
  }
  if (shape.type === "list") return { ...shape, member: read(shape.member) };
  if (shape.type === "map") return { ...shape, key: read(shape.key), value: read(shape.value) };
  return shape;
}
