import { needsNothing, type OperationIr, type StructureIr, waiterFacts, type WaiterIr } from "../../plugin.js";
import { html, type Html } from "./html.js";
import { descriptionOf, type Page } from "./layout.js";
import { badge, badges, codeOf, deprecation, factList, links, membersHtml } from "./members.js";
import { firstSentence, inlineMarkdown, prose } from "./prose.js";
import { clientLine, codeBlock, importLine, sampleArguments, samplesHtml, samplesOf } from "./samples.js";
import { breakable, type Site } from "./site.js";

interface Section {
  readonly anchor: string;
  readonly title: string;
  readonly content: Html;
}

const base = "../";

/** The page of an operation: how it is called, what it takes and returns, how it fails. */
export function operationPage(operation: OperationIr, group: string, site: Site): Page {
  const name = site.functionOf(operation);
  const { facts } = operation;
  const sections = [
    ...callSections(operation, site),
    shapeSection("input", "Input", operation.input, site),
    shapeSection("output", "Output", operation.output, site),
    ...errorSection(operation, site),
    ...pageSection(operation, site),
    ...waiterSection(operation, site),
    detailSection(operation, site),
  ];
  return {
    path: site.operationPath(operation),
    title: `${name} · ${site.title}`,
    description: descriptionOf(facts.documentation, `The operation ${operation.name} of ${site.title}.`),
    group,
    sections: sections.map(({ anchor, title }) => [anchor, title] as const),
    body: html`<p class="kind">${operation.group ?? "Operation"}</p>
      <h1><code>${breakable(name)}</code>${operationBadges(operation)}</h1>
      ${deprecation(facts)}
      <div class="lead">${prose(facts.documentation)}</div>
      ${links(facts)}
      ${sections.map(
        ({ anchor, title, content }) =>
          html`<section aria-labelledby="${anchor}">
            <h2 id="${anchor}"><a class="anchor" href="#${anchor}">${title}</a></h2>
            ${content}
          </section> `,
      )}`,
  };
}

function operationBadges(operation: OperationIr): Html {
  const { readonly, idempotent, facts } = operation;
  return html`${readonly ? badge("reads only", "good") : idempotent ? badge("idempotent", "good") : ""}${badges(facts)}`;
}

function callSections(operation: OperationIr, site: Site): Section[] {
  const samples = samplesOf(operation, site);
  return [
    {
      anchor: "call",
      title: "Call",
      content: html`${signature(operation, site)} ${samplesHtml(samples)}`,
    },
  ];
}

/** The declaration of the function, with links to its types. */
function signature(operation: OperationIr, site: Site): Html {
  const { ir } = site;
  const { input, output } = operation;
  const inputType = input ? site.typeOf(input.id) : "Record<string, never>";
  const outputType = output ? site.typeOf(output.id) : "object";
  const mark = needsNothing(input, ir) ? "?" : "";
  return html`<pre class="signature" tabindex="0"><code>${site.functionOf(operation)}(
  client: ${ir.names.client},
  input${mark}: ${site.type(inputType, base)},
  options?: CallOptions,
): Promise&lt;${site.type(outputType, base)} &amp; MetadataBearer&gt;</code></pre>`;
}

function shapeSection(role: "input" | "output", title: string, shape: StructureIr | undefined, site: Site): Section {
  const content = shape
    ? html`<p class="type-line">${site.shapeLink(shape, base)}</p>
        ${membersHtml(shape, shape.members, { site, base, prefix: `${role}-`, role, nested: true })}`
    : html`<p class="none">The operation has no ${role}.</p>`;
  return { anchor: role, title, content };
}

function errorSection(operation: OperationIr, site: Site): Section[] {
  const { errors } = operation;
  if (errors.length === 0) return [];
  const union = site.ir.names.operations.get(operation.id)?.failure ?? "";
  const content = html`<p>The type <code>${union}</code> is the union of these errors.</p>
    ${errorTable(errors, site, base)}`;
  return [{ anchor: "errors", title: "Errors", content }];
}

export function errorTable(errors: readonly StructureIr[], site: Site, from: string): Html {
  const rows = errors.map(
    (error) =>
      html`<div>
        <dt>${site.errorLink(error, from)}${errorBadges(error)}</dt>
        <dd>${firstSentence(error.facts.documentation)}</dd>
      </div> `,
  );
  return html`<dl class="errors">${rows}</dl>`;
}

export function errorBadges({ error, facts }: StructureIr): Html {
  const { status, retryable, fault } = error ?? {};
  const http = status === undefined ? "" : `HTTP ${status}`;
  return html`${badge(http, fault === "server" ? "warning" : "plain")}${retryable === undefined ? "" : badge("retryable", "good")}${badges(facts)}`;
}

function pageSection(operation: OperationIr, site: Site): Section[] {
  const { pagination } = operation;
  const name = site.ir.names.operations.get(operation.id)?.paginate;
  if (!pagination || name === undefined) return [];
  const { items, inputToken, outputToken, pageSize } = pagination;
  const end = items ? ".items({ limit: 100 })" : "";
  const start = `for await (const ${items ? "item" : "page"} of ${name}(`;
  const given = sampleArguments(operation, site, start.length + end.length + ") {".length);
  const facts = [
    html`Token of the next page: ${codeOf(outputToken.join("."))}, sent as ${codeOf(inputToken)}`,
    ...(items ? [html`Items: ${codeOf(items.path.join("."))}`] : []),
    ...(pageSize === undefined ? [] : [html`Page size: ${codeOf(pageSize)}`]),
  ];
  const content = html`<p>
      <code>${name}</code> requests pages during
      iteration.${items ? html` <code>items()</code> iterates over the items of all pages.` : ""}
    </p>
    ${codeBlock(`${importLine([site.ir.names.client, name], site.packageName)}

${clientLine(site)}
${start}${given})${end}) {
  console.log(${items ? "item" : "page"});
}`)}
    ${factList(facts)}`;
  return [{ anchor: "pages", title: "Pages", content }];
}

function waiterSection(operation: OperationIr, site: Site): Section[] {
  const { waiters } = operation;
  if (waiters.length === 0) return [];
  const content = html`${waiters.map((waiter) => waiterHtml(waiter, operation, site))}`;
  return [{ anchor: "waiters", title: waiters.length > 1 ? "Waiters" : "Waiter", content }];
}

function waiterHtml(waiter: WaiterIr, operation: OperationIr, site: Site): Html {
  const name = site.ir.names.waiters.get(waiter.name) ?? "";
  const end = ", { maxWaitTime: 300 });";
  const given = sampleArguments(operation, site, `await ${name}(`.length + end.length);
  return html`<h3><code>${name}</code>${badges(waiter.facts)}</h3>
    ${prose(waiter.facts.documentation)}
    <p>${inlineMarkdown(waiterFacts(waiter, `\`${site.functionOf(operation)}\``).join(" "))}</p>
    ${codeBlock(`${importLine([site.ir.names.client, name], site.packageName)}

${clientLine(site)}
await ${name}(${given === "client" ? "client, {}" : given}${end}`)}`;
}

/** What people look up when they call the service by other means, or watch its traffic. */
function detailSection(operation: OperationIr, site: Site): Section {
  const { ir, packageName } = site;
  const { http, auth, hostPrefix } = operation;
  const name = site.functionOf(operation);
  const validator = operation.input && ir.names.validators.get(operation.input.id);
  const schemes = operation.authSchemes ?? ir.authSchemes;
  const authText = auth === "none" ? "none" : schemes.map((scheme) => scheme.id).join(", ");
  const rows: [string, Html][] = [
    ["Module", html`<code>${packageName}/${name}</code>`],
    ["Name in the model", html`<code>${operation.id}</code>`],
    ...(ir.protocol.http && http
      ? ([
          ["Request", html`<code>${http.method} ${http.uri}</code>`],
          ["Status of success", html`${http.code}`],
        ] satisfies [string, Html][])
      : []),
    ...(hostPrefix === undefined ? [] : ([["Host prefix", codeOf(hostPrefix)]] satisfies [string, Html][])),
    ["Protocol", html`<code>${ir.protocol.id}</code>`],
    ["Authentication", html`${authText === "" ? "none" : authText}${auth === "optional" ? " (optional)" : ""}`],
    ...(validator === undefined
      ? []
      : ([["Validator of inputs", html`<code>${validator}</code>`]] satisfies [string, Html][])),
  ];
  return {
    anchor: "details",
    title: "Details",
    content: html`<dl class="details">
      ${rows.map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div> `,
      )}
    </dl>`,
  };
}
