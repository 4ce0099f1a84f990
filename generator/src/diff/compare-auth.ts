import type { OperationFacts, SchemeFacts, ServiceFacts } from "./facts.js";
import { isSame } from "./own.js";
import type { Comparing, Pair } from "./pair.js";

/** What a request is authenticated with that needs no identity. */
const unsigned: SchemeFacts = { name: "nothing", family: "" };

function namesOf(schemes: readonly SchemeFacts[]): string {
  const shown = ({ name, arguments: given }: SchemeFacts): string =>
    given ? `${name} ${given.map((each) => JSON.stringify(each)).join(", ")}` : name;
  return schemes.map(shown).join(", ") || "nothing";
}

/** Whether another identity is tried first: keys in place of a token, for example. */
function needsOther([before]: readonly SchemeFacts[], [after]: readonly SchemeFacts[]): boolean {
  return after !== undefined && after !== unsigned && before?.family !== after.family;
}

/** What authenticates the requests of one operation, where that differs from its service. */
export function compareAuth({ name, old, new: now }: Pair<OperationFacts>, comparing: Comparing): void {
  if (isSame([old.auth, old.authSchemes], [now.auth, now.authSchemes])) return;
  const schemes = (service: ServiceFacts, { auth, authSchemes }: OperationFacts): readonly SchemeFacts[] => {
    if (auth === "none") return [];
    return [...(authSchemes ?? service.authSchemes), ...(auth === "optional" ? [unsigned] : [])];
  };
  const [before, after] = [schemes(comparing.old, old), schemes(comparing.new, now)];
  if (isSame(before, after)) return;
  comparing.report({
    code: "auth-changed",
    subject: name.old,
    message: `\`${name.old}\` is authenticated by ${namesOf(after)}, before by ${namesOf(before)}.`,
    at: { side: "new", shapeId: now.id },
    behaviour: needsOther(before, after) ? "major" : "minor",
    wire: true,
    operations: [name.old],
  });
}

/** What authenticates requests in general. */
export function compareServiceAuth({ old, new: now, report }: Comparing): void {
  const about = { subject: now.names["service"] ?? "", at: { side: "new" as const, shapeId: now.id } };
  if (!isSame(old.authSchemes, now.authSchemes)) {
    const [before, after] = [old.authSchemes, now.authSchemes];
    const message = `Requests are authenticated by ${namesOf(after)}, before by ${namesOf(before)}.`;
    report({
      ...about,
      code: "auth-changed",
      message,
      behaviour: needsOther(before, after) ? "major" : "minor",
      wire: true,
    });
  }
  if (old.signingName !== now.signingName && old.signingName !== undefined && now.signingName !== undefined) {
    const message = `Requests are signed for ${now.signingName}, before for ${old.signingName}.`;
    report({ ...about, code: "signing-name-changed", message, behaviour: "minor", wire: true });
  }
}
