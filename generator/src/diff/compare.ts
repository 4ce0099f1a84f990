import { type Change, changeOf, compareLevels, type Finding, levelOf } from "./change.js";
import { compareDocumentation } from "./compare-documentation.js";
import { compareEndpoints, type EndpointCase } from "./compare-endpoints.js";
import { compareErrors } from "./compare-errors.js";
import { compareOperations } from "./compare-operations.js";
import { compareService } from "./compare-service.js";
import { compareShapes } from "./compare-shapes.js";
import { compareExports } from "./exports.js";
import type { MemberFacts, ServiceFacts, ShapeFacts } from "./facts.js";
import { fits, type Typed, type Use } from "./fits.js";
import { matchServices } from "./match.js";
import type { Comparing } from "./pair.js";
import { isRead, reachOf } from "./reach.js";
import { typesOf } from "./compare-members.js";

/** One of the two clients. */
export interface Side {
  readonly facts: ServiceFacts;
  /** Parameters of the endpoint tests in its model. */
  readonly endpointCases: readonly EndpointCase[];
}

/** Every difference between two clients, the most severe first. */
export function compareClients(before: Side, after: Side): Change[] {
  const changes: Change[] = [];
  const comparing = comparingOf(before.facts, after.facts, (finding) => changes.push(changeOf(finding)));
  compareService(comparing);
  compareOperations(comparing);
  compareErrors(comparing);
  compareShapes(comparing);
  compareEndpoints(comparing, [...before.endpointCases, ...after.endpointCases]);
  compareExports(comparing, changes);
  compareDocumentation(comparing);
  return changes.toSorted(
    (left, right) =>
      compareLevels(levelOf(right), levelOf(left)) ||
      compareLevels(right.types, left.types) ||
      left.id.localeCompare(right.id, "en"),
  );
}

function comparingOf(old: ServiceFacts, now: ServiceFacts, report: (finding: Finding) => void): Comparing {
  const matches = matchServices(old, now);
  const users = { old: reachOf(old).users, new: reachOf(now).users };
  const newName = (name: string): string => matches.renamed.get(name) ?? name;
  const paired = new Set(matches.shapes.pairs.map(({ name }) => name.old));
  const isSameName = (oldName: string, name: string): boolean => paired.has(oldName) && newName(oldName) === name;
  const typed = (service: ServiceFacts, type: MemberFacts, isReadonly: boolean): Typed => ({
    service,
    type,
    isReadonly,
  });
  const read = (before: Typed, after: Typed): boolean =>
    fits(after, before, "read", (from, to) => isSameName(to, from));
  const write = (before: Typed, after: Typed): boolean => fits(before, after, "write", isSameName);
  const isReadonly = (shape: ShapeFacts | undefined): boolean => shape !== undefined && !shape.inOutput;
  return {
    old,
    new: now,
    report,
    ...matches,
    usersOf: (side, name) => users[side].get(name) ?? [],
    reads: (side, name) => isRead(side === "old" ? old : now, name),
    isReadable: (before, after, shape) =>
      read(typed(old, before, isReadonly(shape?.old)), typed(now, after, isReadonly(shape?.new))),
    isWritable: (before, after, shape) =>
      write(typed(old, before, isReadonly(shape.old)), typed(now, after, isReadonly(shape.new))),
    fitsNamed: (from, to, use: Use) => {
      const [before, after] = [typed(old, structure(from), false), typed(now, structure(to), false)];
      return use === "read" ? read(before, after) : write(before, after);
    },
    renamedType: (member) => typesOf(renamedIn(member, newName)),
  };
}

function structure(target: string): MemberFacts {
  return { type: "structure", target };
}

/** A type in the names of the new client. */
function renamedIn(member: MemberFacts, newName: (name: string) => string): MemberFacts {
  const inside = (part: MemberFacts): MemberFacts => renamedIn(part, newName);
  return {
    ...member,
    ...(member.target !== undefined && { target: newName(member.target) }),
    ...(member.member && { member: inside(member.member) }),
    ...(member.key && { key: inside(member.key) }),
    ...(member.value && { value: inside(member.value) }),
  };
}
