import { nearest } from "../text/nearest.js";
import type { MemberFacts, OperationFacts, ServiceFacts, ShapeFacts } from "./facts.js";
import { isSame, own } from "./own.js";
import type { Matched, Named, Pair } from "./pair.js";
import { typeText } from "./fits.js";

/** Which operation, shape and error of the new client is which of the old one, renamed ones included. */
export interface Matches {
  readonly operations: Matched<OperationFacts>;
  readonly errors: Matched<ShapeFacts>;
  readonly shapes: Matched<ShapeFacts>;
  readonly renamed: ReadonlyMap<string, string>;
}

export function matchServices(before: ServiceFacts, after: ServiceFacts): Matches {
  const operations = byName(before.operations, after.operations);
  const shapes = byName(before.shapes, after.shapes);
  const renamedOperations = renameOperations(operations, shapes, before, after);
  const allOperations = joined(operations, renamedOperations);
  const renamedShapes = renameShapes(allOperations, shapes, before, after);
  const errors = byName(before.errors, after.errors);
  return {
    operations: allOperations,
    errors: joined(errors, renameErrors(errors)),
    shapes: joined(shapes, renamedShapes),
    renamed: new Map(renamedShapes.map(({ name }) => [name.old, name.new])),
  };
}

export function byName<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): Matched<T> {
  const only = (left: Readonly<Record<string, T>>, right: Readonly<Record<string, T>>): Named<T>[] =>
    Object.entries(left)
      .filter(([name]) => !Object.hasOwn(right, name))
      .map(([name, value]) => ({ name, value }));
  const pairs = Object.entries(before).flatMap(([name, value]): Pair<T>[] => {
    const match = own(after, name);
    return match === undefined ? [] : [{ name: { old: name, new: name }, old: value, new: match }];
  });
  return { pairs, removed: only(before, after), added: only(after, before) };
}

function joined<T>({ pairs, added, removed }: Matched<T>, renamed: readonly Pair<T>[]): Matched<T> {
  return {
    pairs: [...pairs, ...renamed],
    added: added.filter(({ name }) => !renamed.some((pair) => pair.name.new === name)),
    removed: removed.filter(({ name }) => !renamed.some((pair) => pair.name.old === name)),
  };
}

/** Each removed thing with the one added thing that matches it; where several do, the one whose name is near. */
function unambiguous<T>(
  { added, removed }: Matched<T>,
  matches: (removed: Named<T>, added: Named<T>) => boolean,
): Pair<T>[] {
  const taken = new Set<string>();
  return removed.flatMap((gone) => {
    const fitting = added.filter((each) => !taken.has(each.name) && matches(gone, each));
    const near = nearest(
      gone.name,
      fitting.map(({ name }) => name),
    );
    const rivals = removed.filter((each) => fitting.some((other) => matches(each, other))).length;
    const match = fitting.length === 1 && rivals === 1 ? fitting[0] : fitting.find(({ name }) => name === near);
    if (!match) return [];
    taken.add(match.name);
    return { name: { old: gone.name, new: match.name }, old: gone.value, new: match.value };
  });
}

/** An operation under another name has the same address, or the same input and output. */
function renameOperations(
  operations: Matched<OperationFacts>,
  shapes: Matched<ShapeFacts>,
  before: ServiceFacts,
  after: ServiceFacts,
): Pair<OperationFacts>[] {
  const gone = new Set(shapes.removed.map(({ name }) => name));
  const come = new Set(shapes.added.map(({ name }) => name));
  const signature = (
    service: ServiceFacts,
    { input, output }: OperationFacts,
    changed: ReadonlySet<string>,
  ): string[] =>
    [input, output].flatMap((name, side) =>
      membersText(own(service.shapes, name), changed).map((text) => `${side} ${text}`),
    );
  return unambiguous(operations, ({ value: left }, { value: right }) => {
    const [ours, theirs] = [signature(before, left, gone), signature(after, right, come)];
    if (left.http && isSame(left.http, right.http)) return overlap(ours, theirs) >= 0.5;
    return ours.length > 0 && overlap(ours, theirs) === 1;
  });
}

/**
 * A shape under another name is where the old one was: the input of the same operation, the target of the same member.
 * Of the rest, shapes with the same members.
 */
function renameShapes(
  operations: Matched<OperationFacts>,
  shapes: Matched<ShapeFacts>,
  before: ServiceFacts,
  after: ServiceFacts,
): Pair<ShapeFacts>[] {
  const gone = new Map(shapes.removed.map((each) => [each.name, each.value]));
  const come = new Map(shapes.added.map((each) => [each.name, each.value]));
  const found = new Map<string, Pair<ShapeFacts>>();
  const taken = new Set<string>();
  const open: (readonly [string | undefined, string | undefined])[] = [];
  const take = (from: string | undefined, to: string | undefined, least: number): void => {
    const [old, match] = [gone.get(from ?? ""), come.get(to ?? "")];
    if (from === undefined || to === undefined || !old || !match || found.has(from) || taken.has(to)) return;
    if (old.kind !== match.kind || overlap(keysOf(old), keysOf(match)) < least) return;
    found.set(from, { name: { old: from, new: to }, old, new: match });
    taken.add(to);
    open.push([from, to]);
  };
  const follow = (old: ShapeFacts | undefined, match: ShapeFacts | undefined): void => {
    for (const [name, member] of Object.entries(old?.members ?? {})) {
      take(targetOf(member), targetOf(own(match?.members, name)), 0.5);
    }
  };
  for (const { name, old, new: match } of operations.pairs) {
    const least = name.old === name.new ? 0.5 : 0;
    take(old.input, match.input, least);
    take(old.output, match.output, least);
  }
  for (const { old, new: match } of shapes.pairs) follow(old, match);
  for (let pair = open.pop(); pair; pair = open.pop()) follow(own(before.shapes, pair[0]), own(after.shapes, pair[1]));
  const rest = joined(shapes, [...found.values()]);
  const same = unambiguous(rest, ({ value: left }, { value: right }) => {
    const [ours, theirs] = [keysOf(left), keysOf(right)];
    return left.kind === right.kind && ours.length > 0 && overlap(ours, theirs) === 1;
  });
  return [...found.values(), ...same];
}

/** Most errors look alike, so their names must be near. */
function renameErrors(errors: Matched<ShapeFacts>): Pair<ShapeFacts>[] {
  return unambiguous(
    errors,
    (left, right) =>
      left.value.error?.fault === right.value.error?.fault &&
      overlap(keysOf(left.value), keysOf(right.value)) === 1 &&
      nearest(left.name, [right.name]) !== undefined,
  );
}

function membersText(shape: ShapeFacts | undefined, changed: ReadonlySet<string>): string[] {
  return Object.entries(shape?.members ?? {}).map(([name, member]) => {
    const target = targetOf(member);
    return `${name} ${target !== undefined && changed.has(target) ? "" : typeText(member)}`;
  });
}

/** Names of members, or values of constants. */
function keysOf({ members, values }: ShapeFacts): string[] {
  return members ? Object.keys(members) : Object.values(values ?? {}).map(String);
}

/** The shape that a member is of, through lists and maps. */
export function targetOf(member: MemberFacts | undefined): string | undefined {
  return member && (member.target ?? targetOf(member.member ?? member.value));
}

/** Share of the larger of two lists that both have. */
function overlap(left: readonly string[], right: readonly string[]): number {
  const others = new Set(right);
  const size = Math.max(left.length, right.length);
  return size === 0 ? 1 : left.filter((each) => others.has(each)).length / size;
}
