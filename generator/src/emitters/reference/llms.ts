import {
  featuredOperation,
  memberDeclaration,
  type OperationIr,
  plainText,
  type StructureIr,
  summary,
} from "../../plugin.js";
import type { Group } from "./groups.js";
import { samplesOf } from "./samples.js";
import type { Site } from "./site.js";

/**
 * `llms.txt`: the service on one page of Markdown for language models.
 *
 * @see https://llmstxt.org/
 */
export function llmsText(groups: readonly Group[], site: Site): string {
  const { ir, packageName } = site;
  const shown = featuredOperation(ir);
  const sample = shown && samplesOf(shown, site)[0]?.forms[0]?.code;
  const sections = groups.map(
    ({ name, operations }) =>
      `## ${name === "Operations" ? name : `Operations: ${plainText(name)}`}\n\n${operations.map((each) => operationLine(each, site)).join("\n")}`,
  );
  const errors = ir.errors.map((error) => errorLine(error, site));
  return `${[
    `# ${plainText(site.title)}`,
    `> ${summary(ir.documentation) || `The operations of ${plainText(site.title)}.`}`,
    `\`${packageName}\` is a typed TypeScript client of this service (API version ${plainText(ir.version)}). Every operation is a function that takes the client and an input, and returns a promise of the output:`,
    ...(sample === undefined ? [] : [`\`\`\`ts\n${sample}\n\`\`\``]),
    [
      "- Inputs are validated before a request is sent: names of members are case-sensitive, and unknown members are errors.",
      `- A paginator is an async iterable of pages; \`.items()\` iterates over items.`,
      "- A call that fails rejects with an error class of this package, or with a `ClientsmithError` of `@clientsmith/runtime`. Calls are retried by default.",
      `- \`${packageName}/<function>\` loads one operation only.`,
    ].join("\n"),
    ...sections,
    ...(errors.length > 0 ? [`## Errors\n\n${errors.join("\n")}`] : []),
    "## Optional\n\n- [Types](shapes.html): All structures, unions and enums",
  ].join("\n\n")}\n`;
}

function operationLine(operation: OperationIr, site: Site): string {
  const names = site.ir.names.operations.get(operation.id);
  const required = requiredMembers(operation, site);
  const notes = [
    summary(operation.facts.documentation),
    operation.facts.deprecated && "Deprecated.",
    required.length > 0 && `Requires ${required.map((name) => `\`${name}\``).join(", ")}.`,
    operation.pagination && `Paginator: \`${names?.paginate ?? ""}\`.`,
    ...operation.waiters.map(({ name }) => `Waiter: \`${site.ir.names.waiters.get(name) ?? name}\`.`),
  ];
  return line(site.functionOf(operation), site.operationPath(operation), notes);
}

function requiredMembers({ input }: OperationIr, { ir }: Site): string[] {
  const needed = input?.members.filter((member) => !memberDeclaration(member, input, ir).optional);
  return (needed ?? []).map(({ name }) => name);
}

function errorLine(error: StructureIr, site: Site): string {
  const { status, retryable } = error.error ?? {};
  const notes = [
    summary(error.facts.documentation),
    status !== undefined && `HTTP ${status}.`,
    retryable !== undefined && "Retryable.",
  ];
  return line(site.errorName(error), site.errorPath(error), notes);
}

function line(name: string, path: string, notes: readonly (string | false | undefined)[]): string {
  const text = notes.filter((note) => note).join(" ");
  return `- [${name}](${path})${text === "" ? "" : `: ${text}`}`;
}
