import type { Pick, RandomMember, RandomModel, RandomShape } from "../../compile/support/random-model.js";

type Shapes = Record<string, RandomShape>;

const leaves = ["String", "Integer", "Boolean", "Timestamp", "Blob"].map((name) => `smithy.api#${name}`);

/** A model with a few changes of the kinds that revisions have. It may be one that is not valid. */
export function randomlyEdited(model: RandomModel, pick: Pick): Shapes {
  const shapes = structuredClone(model.shapes) as Shapes;
  const times = 1 + pick(3);
  for (let turn = 0; turn < times; turn++) edits[pick(edits.length)]?.(shapes, pick);
  return shapes;
}

type Edit = (shapes: Shapes, pick: Pick) => void;

const edits: readonly Edit[] = [
  (shapes, pick) => {
    const shape = oneOf(ofType(shapes, "structure", "union"), pick);
    if (shape)
      setMembers(
        shape,
        Object.entries(shape.members ?? {}).filter((_, index, all) => index !== pick(all.length)),
      );
  },
  (shapes, pick) => {
    const shape = oneOf(ofType(shapes, "structure", "union"), pick);
    if (!shape) return;
    const isRequired = shape.type === "structure" && pick(3) === 0;
    const added = { target: oneOf(leaves, pick) ?? "", traits: isRequired ? { "smithy.api#required": {} } : {} };
    setMembers(shape, [...Object.entries(shape.members ?? {}), [`added${pick(1000)}`, added]]);
  },
  (shapes, pick) => {
    const member = oneOf(membersOf(ofType(shapes, "structure")), pick);
    if (!member) return;
    if (member.traits["smithy.api#required"] === undefined) member.traits["smithy.api#required"] = {};
    else delete member.traits["smithy.api#required"];
  },
  (shapes, pick) => {
    const member = oneOf(membersOf(ofType(shapes, "structure", "union")), pick);
    const named = Object.keys(shapes).filter((id) =>
      ["structure", "union", "enum", "list", "map"].includes(shapes[id]?.type ?? ""),
    );
    const target = oneOf([...leaves, ...named], pick);
    if (member && target !== undefined) Object.assign(member, { target, traits: required(member) });
  },
  (shapes, pick) => {
    const shape = oneOf(ofType(shapes, "list", "map"), pick);
    if (!shape) return;
    if (shape.traits["smithy.api#sparse"] === undefined) shape.traits["smithy.api#sparse"] = {};
    else delete shape.traits["smithy.api#sparse"];
  },
  (shapes, pick) => {
    const shape = oneOf(ofType(shapes, "enum"), pick);
    if (shape) setMembers(shape, Object.entries(shape.members ?? {}).slice(pick(2)));
  },
  (shapes, pick) => {
    const shape = oneOf(ofType(shapes, "enum"), pick);
    const added = { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": `new${pick(1000)}` } };
    if (shape) setMembers(shape, [...Object.entries(shape.members ?? {}), [`NEW${pick(1000)}`, added]]);
  },
  (shapes, pick) => {
    const operation = oneOf(ofType(shapes, "operation"), pick) as { errors?: unknown[] } | undefined;
    if (operation) operation.errors = (operation.errors ?? []).slice(1);
  },
  (shapes, pick) => {
    const from = oneOf(
      Object.keys(shapes).filter((id) => ["structure", "union", "enum", "list"].includes(shapes[id]?.type ?? "")),
      pick,
    );
    if (from === undefined) return;
    const text = JSON.stringify(shapes).replaceAll(`"${from}"`, `"t#Renamed${pick(1000)}"`);
    for (const id of Object.keys(shapes)) delete shapes[id];
    Object.assign(shapes, JSON.parse(text));
  },
  (shapes, pick) => {
    const resource = shapes["t#RandomResource"] as { operations: unknown[] } | undefined;
    if (resource && pick(3) === 0) resource.operations = resource.operations.slice(1);
  },
];

function ofType(shapes: Shapes, ...types: readonly string[]): RandomShape[] {
  return Object.values(shapes).filter(({ type }) => types.includes(type));
}

function membersOf(shapes: readonly RandomShape[]): RandomMember[] {
  return shapes.flatMap(({ members = {} }) => Object.values(members));
}

function setMembers(shape: RandomShape, members: readonly (readonly [string, RandomMember])[]): void {
  Object.assign(shape, { members: Object.fromEntries(members) });
}

/** A default is of its type. */
function required({ traits }: RandomMember): Record<string, unknown> {
  return "smithy.api#required" in traits ? { "smithy.api#required": {} } : {};
}

function oneOf<T>(items: readonly T[], pick: Pick): T | undefined {
  return items[pick(items.length)];
}
