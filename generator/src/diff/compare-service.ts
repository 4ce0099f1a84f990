import { compareServiceAuth } from "./compare-auth.js";
import { kebab } from "./compare-features.js";
import { byName } from "./match.js";
import { isSame, own } from "./own.js";
import type { Comparing } from "./pair.js";

/** The client itself: its names, protocol, options, and what every request carries. */
export function compareService(comparing: Comparing): void {
  const { old, new: now, report } = comparing;
  const about = { subject: now.names["service"] ?? "", at: { side: "new" as const, shapeId: now.id } };
  for (const [what, name] of Object.entries(old.names)) {
    const current = own(now.names, what) ?? "";
    if (current === name) continue;
    report({
      ...about,
      code: "service-renamed",
      subject: name,
      message: `\`${name}\` is now \`${current}\`.`,
      types: "major",
      rename: {
        kind: "type",
        from: name,
        to: current,
        others: what === "service" ? { [`${name}$`]: `${current}$` } : {},
      },
    });
  }
  if (old.isPlain !== now.isPlain) {
    const message = now.isPlain
      ? "The service no longer belongs to AWS: its client has no Region, no credentials and no classic service object."
      : "The service belongs to AWS now: its client has a Region, and settings from environment variables and files.";
    report({ ...about, code: "provider-changed", message, types: now.isPlain ? "major" : "minor", behaviour: "major" });
  }
  if (old.protocol !== now.protocol) {
    const message = `The client speaks ${now.protocol}, before ${old.protocol}.`;
    report({ ...about, code: "protocol-changed", message, behaviour: "minor", wire: true });
  }
  for (const field of new Set([...Object.keys(old.wire), ...Object.keys(now.wire)])) {
    const [before, after] = [own(old.wire, field), own(now.wire, field)];
    // Which name a protocol sends comes with the protocol.
    if (isSame(before, after) || old.protocol !== now.protocol) continue;
    const shown = (value: unknown): string => (value === undefined ? "none" : JSON.stringify(value));
    const message = `Requests: ${field} is ${shown(after)}, before ${shown(before)}.`;
    report({ ...about, code: `${kebab(field)}-changed`, message, behaviour: "minor", wire: true });
  }
  compareServiceAuth(comparing);
  compareOptions(comparing);
}

/** Options that only clients of this service have. */
function compareOptions({ old, new: now, report }: Comparing): void {
  const { pairs, added, removed } = byName(old.options, now.options);
  const of = now.names["clientOptions"] ?? "";
  const about = (name: string) => ({ subject: `${of}.${name}`, at: { side: "new" as const, shapeId: now.id } });
  for (const { name } of added) {
    report({
      ...about(name),
      code: "client-option-added",
      message: `The client option \`${name}\` is new.`,
      types: "minor",
    });
  }
  for (const { name } of removed) {
    const message = `The client option \`${name}\` is gone.`;
    report({ ...about(name), code: "client-option-removed", message, types: "major", behaviour: "major" });
  }
  for (const { name, old: before, new: after } of pairs) {
    const isNarrower =
      before.type !== after.type ||
      (after.values !== undefined &&
        !(before.values ?? [undefined]).every((value) => after.values?.includes(value ?? "")));
    if (isNarrower) {
      const message = `The client option \`${name.old}\` takes other values.`;
      report({ ...about(name.old), code: "client-option-changed", message, types: "major", behaviour: "major" });
    } else if (!isSame(before.values, after.values)) {
      report({
        ...about(name.old),
        code: "client-option-changed",
        message: `The client option \`${name.old}\` takes more values.`,
        types: "minor",
      });
    }
    if (!isSame(before.default, after.default)) {
      const message = `The client option \`${name.old}\` is ${JSON.stringify(after.default ?? null)} by default, before ${JSON.stringify(before.default ?? null)}.`;
      report({ ...about(name.old), code: "client-option-default-changed", message, behaviour: "major" });
    }
  }
}
