import { parts } from "./compare-constraints.js";
import { compareDeprecation } from "./compare-deprecation.js";
import { isSame } from "./own.js";
import type { Comparing, MemberPair } from "./pair.js";

/** How a member is sent, filled in and shown, whatever its type. */
export function compareMemberFacts({ old, new: now, shape, about, subject }: MemberPair, { report }: Comparing): void {
  const isSent = shape.old.inInput === true;
  if (!isSame(old.default, now.default)) {
    const shown = (value: unknown): string => (value === undefined ? "none" : JSON.stringify(value));
    const isAdded = old.default === undefined;
    const message = `The default of \`${subject}\` is ${shown(now.default)}, before ${shown(old.default)}.`;
    const code = isAdded ? "default-added" : now.default === undefined ? "default-removed" : "default-changed";
    report({ ...about, code, message, behaviour: isAdded ? "patch" : "major", wire: !isAdded });
  }
  if (old.clientDefault !== now.clientDefault) {
    const message = `Where \`${subject}\` is not set, ${now.clientDefault ?? "nothing"} is sent, before ${old.clientDefault ?? "nothing"}.`;
    report({ ...about, code: "client-default-changed", message, behaviour: "major", wire: true });
  }
  if (isSent && old.idempotencyToken !== now.idempotencyToken) {
    const message = now.idempotencyToken
      ? `\`${subject}\` is filled with a token where it is not set.`
      : `\`${subject}\` is no longer filled with a token.`;
    const code = now.idempotencyToken ? "idempotency-token-added" : "idempotency-token-removed";
    report({ ...about, code, message, behaviour: now.idempotencyToken ? "minor" : "major", wire: true });
  }
  if (old.contextParam !== now.contextParam) {
    const message = `\`${subject}\` is ${now.contextParam === undefined ? "no longer a parameter" : `the parameter ${now.contextParam}`} of the endpoint rules.`;
    report({ ...about, code: "context-param-changed", message, behaviour: "minor", wire: true });
  }
  if (old.streaming && old.requiresLength !== now.requiresLength) {
    const message = `The length of \`${subject}\` must ${now.requiresLength ? "" : "no longer "}be known.`;
    report({ ...about, code: "requires-length-changed", message, behaviour: now.requiresLength ? "major" : "patch" });
  }
  compareDeprecation(old, now, about, report);
  for (const [where, before, after] of parts(subject, old, now)) {
    if (before.sensitive !== after.sensitive) {
      const message = after.sensitive
        ? `\`${where}\` is sensitive: logs no longer show it.`
        : `\`${where}\` is no longer sensitive: logs show it.`;
      const code = after.sensitive ? "sensitive-added" : "sensitive-removed";
      report({ ...about, subject: where, code, message, behaviour: after.sensitive ? "patch" : "major" });
    }
    if (!isSame(before.bindings ?? {}, after.bindings ?? {})) {
      const shown = ({ bindings = {} }: typeof before): string => JSON.stringify(bindings);
      const message = `\`${where}\` is elsewhere, or otherwise, in messages: ${shown(after)}, before ${shown(before)}.`;
      // As in smithy-diff, where any change of these traits is an error.
      const isOfEvent = ["eventHeader", "eventPayload"].some(
        (name) => name in { ...before.bindings, ...after.bindings },
      );
      const behaviour = isOfEvent ? "major" : "patch";
      report({ ...about, subject: where, code: "binding-changed", message, behaviour, wire: true });
    }
  }
}
