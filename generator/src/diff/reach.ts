import type { ServiceFacts } from "./facts.js";
import { targetOf } from "./match.js";
import { own } from "./own.js";

/** Which functions lead to each shape and error, and which shapes are read. */
export interface Reach {
  /** By name of a shape or an error, in order. */
  readonly users: ReadonlyMap<string, readonly string[]>;
}

export function reachOf(service: ServiceFacts): Reach {
  const inside = new Map<string, readonly string[]>();
  for (const [name, { members = {} }] of [...Object.entries(service.shapes), ...Object.entries(service.errors)]) {
    inside.set(
      name,
      Object.values(members).flatMap((member) => targetOf(member) ?? []),
    );
  }
  const users = new Map<string, string[]>();
  for (const [name, { input, output, errors }] of Object.entries(service.operations)) {
    const seen = new Set<string>();
    const open = [input, output, ...errors].filter((each) => each !== undefined);
    for (let shape = open.pop(); shape !== undefined; shape = open.pop()) {
      if (seen.has(shape)) continue;
      seen.add(shape);
      const list = users.get(shape);
      if (list) list.push(name);
      else users.set(shape, [name]);
      open.push(...(inside.get(shape) ?? []));
    }
  }
  return { users };
}

/** Whether values of a shape are read: it is part of an output or an error. */
export function isRead(service: ServiceFacts, name: string): boolean {
  const shape = own(service.shapes, name);
  if (shape?.members) return shape.inOutput === true;
  const holders = [...Object.values(service.shapes), ...Object.values(service.errors)];
  return holders.some(
    ({ inOutput, members = {} }) => inOutput && Object.values(members).some((member) => targetOf(member) === name),
  );
}
