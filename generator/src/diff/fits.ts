import type { MemberFacts, ServiceFacts, ShapeFacts } from "./facts.js";
import { own } from "./own.js";

/** A type as one of the clients has it. */
export interface Typed {
  readonly service: ServiceFacts;
  readonly type: MemberFacts;
  /** Collections of what is only sent are read-only. */
  readonly isReadonly: boolean;
}

/** Whether a name has the same meaning in both clients: changes of what it names are reported at its declaration. */
export type SameName = (from: string, to: string) => boolean;

const numbers: ReadonlySet<string> = new Set("byte short integer long float double intEnum".split(" "));
const texts: ReadonlySet<string> = new Set(["string", "enum", "bigDecimal"]);

/** The TypeScript type behind simple types that several Smithy types share. */
function kindOf({ type, streaming }: MemberFacts): string {
  if (streaming) return "stream";
  if (numbers.has(type)) return "number";
  return texts.has(type) ? "string" : type;
}

/** What of JSON a document may be. */
const documentKinds: ReadonlySet<string> = new Set(["string", "number", "boolean", "document"]);

/**
 * What is done with the value: `read` checks whether code that reads the old type accepts the new one, `write` whether
 * what was written for the old type is taken by the new one.
 */
export type Use = "read" | "write";

/**
 * Whether the compiler takes a value of one type where another is wanted, and the members that code names are there.
 * Enums are open, so a string is as good as any of them.
 */
export function fits(
  from: Typed,
  to: Typed,
  use: Use,
  sameName: SameName,
  assumed: ReadonlySet<string> = new Set(),
): boolean {
  const [left, right] = [from.type, to.type];
  const inside = (mine: MemberFacts, theirs: MemberFacts): boolean =>
    fits({ ...from, type: mine }, { ...to, type: theirs }, use, sameName, assumed);
  if (left.sparse && !right.sparse) return false;
  if (left.member && right.member) return !(from.isReadonly && !to.isReadonly) && inside(left.member, right.member);
  if (left.value && right.value) return inside(left.value, right.value);
  const [mine, theirs] = [own(from.service.shapes, left.target), own(to.service.shapes, right.target)];
  if (mine?.members && theirs?.members) return fitsShape(from, to, mine, theirs, use, sameName, assumed);
  if (kindOf(right) === "document") return documentKinds.has(kindOf(left));
  return kindOf(left) === kindOf(right);
}

function fitsShape(
  from: Typed,
  to: Typed,
  left: ShapeFacts,
  right: ShapeFacts,
  use: Use,
  sameName: SameName,
  assumed: ReadonlySet<string>,
): boolean {
  const [fromName, toName] = [from.type.target ?? "", to.type.target ?? ""];
  if (sameName(fromName, toName)) return true;
  // Of a circle it is enough that nothing else differs.
  const key = `${fromName} ${toName}`;
  if (assumed.has(key)) return true;
  if (left.kind !== right.kind) return false;
  const known = new Set([...assumed, key]);
  const fitsMember = (name: string): boolean => {
    const [mine, theirs] = [own(left.members, name), own(right.members, name)];
    if (!mine || !theirs || (mine.optional && !theirs.optional)) return false;
    const typed = ({ service }: Typed, type: MemberFacts, shape: ShapeFacts): Typed => ({
      service,
      type,
      isReadonly: shape.inOutput !== true,
    });
    return fits(typed(from, mine, left), typed(to, theirs, right), use, sameName, known);
  };
  const [given, wanted] = [Object.keys(left.members ?? {}), Object.keys(right.members ?? {})];
  if (left.kind === "union") {
    const isOpened = left.inOutput === true && right.inOutput !== true;
    return !isOpened && given.every(fitsMember) && (use === "write" || wanted.every(fitsMember));
  }
  if (use === "read") return wanted.every(fitsMember);
  const mayBeLeftOut = (name: string): boolean => given.includes(name) || own(right.members, name)?.optional === true;
  return given.every(fitsMember) && wanted.every(mayBeLeftOut);
}

const simpleTypes: Readonly<Record<string, string>> = {
  blob: "Uint8Array",
  boolean: "boolean",
  timestamp: "Date",
  bigInteger: "bigint",
  document: "DocumentType",
};

/** A type in a message, without `readonly`. */
export function typeText(type: MemberFacts): string {
  if (type.streaming) return "a stream";
  if (type.target !== undefined) return type.target;
  const element = (each: MemberFacts): string => `${typeText(each)}${type.sparse ? " | null" : ""}`;
  if (type.member) return type.sparse ? `(${element(type.member)})[]` : `${element(type.member)}[]`;
  if (type.value) return `Record<string, ${element(type.value)}>`;
  return simpleTypes[type.type] ?? kindOf(type);
}
