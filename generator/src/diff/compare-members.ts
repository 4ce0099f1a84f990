import { nearest } from "../text/nearest.js";
import { compareConstraints } from "./compare-constraints.js";
import { compareMemberFacts } from "./compare-member-facts.js";
import { typeText } from "./fits.js";
import type { MemberFacts, ShapeFacts } from "./facts.js";
import { byName } from "./match.js";
import { isSame } from "./own.js";
import type { Comparing, MemberPair, Named, Pair } from "./pair.js";

/** Members of a structure, union or error. */
export function compareMembers(shape: Pair<ShapeFacts>, comparing: Comparing): void {
  const { pairs, added, removed } = byName(shape.old.members ?? {}, shape.new.members ?? {});
  const operations = comparing.usersOf("old", shape.name.old);
  const renamed = new Map(
    removed.flatMap((gone) => {
      const to = renameOf(gone, added, removed);
      return to ? [[gone.name, to] as const] : [];
    }),
  );
  const pairOf = (old: Named<MemberFacts>, now: Named<MemberFacts>): MemberPair => {
    const subject = `${shape.name.old}.${old.name}`;
    return {
      name: { old: old.name, new: now.name },
      old: old.value,
      new: now.value,
      shape,
      subject,
      about: { subject, at: { side: "new", shapeId: `${shape.new.id}$${now.name}` }, operations },
    };
  };
  for (const { name, old, new: now } of pairs) {
    compareMember(pairOf({ name: name.old, value: old }, { name: name.new, value: now }), comparing);
  }
  for (const gone of removed) {
    const to = renamed.get(gone.name);
    if (to) compareMember(pairOf(gone, to), comparing);
    else reportRemoved(gone, shape, operations, comparing);
  }
  for (const come of added) {
    if (![...renamed.values()].includes(come)) reportAdded(come, shape, operations, comparing);
  }
}

/** The one added member that is the removed one under another name. */
function renameOf(
  gone: Named<MemberFacts>,
  added: readonly Named<MemberFacts>[],
  removed: readonly Named<MemberFacts>[],
): Named<MemberFacts> | undefined {
  const isAlike = (left: Named<MemberFacts>, right: Named<MemberFacts>): boolean =>
    typeText(left.value) === typeText(right.value) &&
    (bindingOf(left) === bindingOf(right) ||
      plain(left.name) === plain(right.name) ||
      (left.value.doc !== undefined && left.value.doc === right.value.doc) ||
      nearest(left.name, [right.name]) !== undefined);
  const fitting = added.filter((come) => isAlike(gone, come));
  const [only, ...others] = fitting;
  const isClaimed = removed.some((each) => each !== gone && only !== undefined && isAlike(each, only));
  return others.length === 0 && !isClaimed ? only : undefined;
}

function plain(name: string): string {
  return name.replaceAll(/[\W_]/g, "").toLowerCase();
}

/** Location of a member on the wire; a member without a binding is identified by its name. */
function bindingOf({ name, value: { bindings = {} } }: Named<MemberFacts>): string {
  const own = ["httpHeader", "httpQuery", "httpPayload", "jsonName", "ec2QueryName", "xmlName"].find(
    (binding) => bindings[binding] !== undefined,
  );
  return own === undefined ? `name ${name}` : `${own.startsWith("http") ? own : "name"} ${String(bindings[own])}`;
}

function reportRemoved(
  { name, value }: Named<MemberFacts>,
  shape: Pair<ShapeFacts>,
  operations: readonly string[],
  { report }: Comparing,
): void {
  report({
    code: "member-removed",
    subject: `${shape.name.old}.${name}`,
    message: `\`${shape.name.old}.${name}\` (${typeText(value)}) is gone.`,
    at: { side: "old", shapeId: `${shape.old.id}$${name}` },
    types: "major",
    behaviour: "major",
    wire: true,
    operations,
  });
}

function reportAdded(
  { name, value }: Named<MemberFacts>,
  shape: Pair<ShapeFacts>,
  operations: readonly string[],
  { report }: Comparing,
): void {
  const isSent = shape.old.inInput === true;
  const about = {
    subject: `${shape.name.old}.${name}`,
    at: { side: "new" as const, shapeId: `${shape.new.id}$${name}` },
    operations,
  };
  const shown = `\`${shape.name.new}.${name}\` (${typeText(value)})`;
  if (shape.new.kind === "union") {
    const message = `The union \`${shape.name.new}\` may be ${shown}.`;
    const isRead = shape.old.inOutput === true;
    report({
      ...about,
      code: "union-member-added",
      message,
      types: "minor",
      behaviour: isRead ? "minor" : "none",
      flags: isRead ? ["exhaustive"] : [],
    });
  } else if (isSent && (value.required || !value.optional)) {
    const message = `${shown} is new, and inputs must have it.`;
    report({
      ...about,
      code: "required-member-added",
      message,
      types: value.optional ? "minor" : "major",
      behaviour: value.required ? "major" : "none",
      wire: true,
    });
  } else {
    const flags = value.optional ? [] : (["mocks"] as const);
    report({ ...about, code: "member-added", message: `${shown} is new.`, types: "minor", flags });
  }
}

function compareMember(pair: MemberPair, comparing: Comparing): void {
  const { name, shape, old, new: now, about, subject } = pair;
  const { report } = comparing;
  if (name.old !== name.new) {
    const from = { name: name.old, value: old };
    const isElsewhere = bindingOf(from) !== bindingOf({ name: name.new, value: now });
    report({
      ...about,
      code: "member-renamed",
      message: `\`${subject}\` is now \`${name.new}\`.`,
      types: "major",
      behaviour: isElsewhere ? "major" : "none",
      wire: isElsewhere,
      rename: { kind: "member", from: name.old, to: name.new, of: shape.name.old, others: {} },
    });
  }
  compareType(pair, comparing);
  compareNeed(pair, comparing);
  compareConstraints(pair, comparing);
  compareMemberFacts(pair, comparing);
}

function compareType(pair: MemberPair, comparing: Comparing): void {
  const { old, new: now, shape, about, subject } = pair;
  const { report } = comparing;
  const isSent = shape.old.inInput === true;
  const isRead = shape.old.inOutput === true;
  const [before, after] = [typeText(old), typeText(now)];
  const isBroken =
    (isRead && !comparing.isReadable(old, now, shape)) || (isSent && !comparing.isWritable(old, now, shape));
  if (isBroken) {
    const isOnlyReadonly = before === after && isSent && !isRead && shape.new.inOutput === true;
    const message = isOnlyReadonly
      ? `\`${subject}\` takes no read-only array any more, as outputs have \`${shape.name.new}\` too.`
      : `\`${subject}\` is ${after}, before ${before}.`;
    const isOther = !isOnlyReadonly;
    report({
      ...about,
      code: "member-type-changed",
      message,
      types: "major",
      behaviour: isOther ? "major" : "none",
      wire: isOther,
    });
    return;
  }
  const [left, right] = [comparing.renamedType(old), typesOf(now)];
  if (isSame(left, right)) return;
  // An enum contains more than a string, a structure with another name no less.
  const isWider = /^(byte|short|integer|long|float|double)$/.test(old.type) && old.type !== now.type;
  const message = isWider
    ? `\`${subject}\` is a ${now.type}, before a ${old.type}.`
    : `\`${subject}\` is ${after}, before ${before}.`;
  report({
    ...about,
    code: isWider ? "number-type-changed" : "member-type-refined",
    message,
    types: isWider ? "none" : isRead ? "minor" : "none",
    behaviour: isWider || !isRead ? "patch" : "none",
    wire: isWider,
  });
}

/** The types in a member, by their names. */
export function typesOf({ type, target, member, key, value, sparse, streaming }: MemberFacts): unknown {
  return [
    target ?? type,
    member && typesOf(member),
    key && typesOf(key),
    value && typesOf(value),
    sparse,
    streaming,
  ].map((each) => each ?? null);
}

/** Whether a member must be given, and whether it is always there. */
function compareNeed({ old, new: now, shape, about, subject }: MemberPair, { report }: Comparing): void {
  const isSent = shape.old.inInput === true;
  const isRead = shape.old.inOutput === true;
  if (!old.required && now.required && isSent) {
    const message = `\`${subject}\` is required.`;
    report({
      ...about,
      code: "member-became-required",
      message,
      types: old.optional && !now.optional ? "major" : "none",
      behaviour: "major",
    });
  } else if (old.optional && !now.optional) {
    const message = `\`${subject}\` is always there.`;
    report({
      ...about,
      code: isSent ? "member-became-required" : "member-always-there",
      message,
      types: isSent ? "major" : "minor",
      flags: isSent ? [] : ["mocks"],
    });
  } else if (!old.optional && now.optional) {
    const message = isRead ? `\`${subject}\` may be missing.` : `\`${subject}\` may be left out.`;
    report({
      ...about,
      code: isRead ? "member-may-be-missing" : "member-no-longer-required",
      message,
      types: isRead ? "major" : "minor",
      behaviour: "patch",
    });
  } else if (old.required !== now.required) {
    const message = `\`${subject}\` is ${now.required ? "" : "no longer "}required by the model; its type is as before.`;
    report({
      ...about,
      code: now.required ? "member-always-there" : "member-no-longer-required",
      message,
      behaviour: "patch",
    });
  }
}
