import { type EnumIr, literal, type OperationIr, type ShapeIr, type StructureIr, type UnionIr } from "../../plugin.js";
import { html, type Html } from "./html.js";
import { descriptionOf, type Page } from "./layout.js";
import { badges, codeOf, deprecation, links, membersHtml } from "./members.js";
import { errorBadges } from "./operation-page.js";
import { prose } from "./prose.js";
import { clientLine, codeBlock, importLine, sampleArguments } from "./samples.js";
import { breakable, type Site } from "./site.js";
import type { Uses } from "./uses.js";

const base = "../";

/** The page of a structure, union or enum. */
export function shapePage(shape: ShapeIr, uses: Uses, site: Site): Page {
  const name = site.typeOf(shape.id);
  const { facts } = shape;
  const kind = kindOf(shape);
  return {
    path: site.shapePath(shape),
    title: `${name} · ${site.title}`,
    description: descriptionOf(facts.documentation, `The ${kind.toLowerCase()} ${name} of ${site.title}.`),
    body: html`<p class="kind">${kind}</p>
      <h1><code>${breakable(name)}</code>${badges(facts)}</h1>
      ${deprecation(facts)}
      <div class="lead">${prose(facts.documentation)}</div>
      ${links(facts)}
      ${"values" in shape ? valuesSection(shape, site) : membersSection(shape as StructureIr | UnionIr, site)}
      ${usesSection(shape, uses, site)}`,
  };
}

function kindOf({ type }: ShapeIr): string {
  if (type === "structure") return "Structure";
  return type === "union" ? "Union" : "Enum";
}

function membersSection(shape: StructureIr | UnionIr, site: Site): Html {
  const isUnion = shape.type === "union";
  return html`<section aria-labelledby="members">
    <h2 id="members"><a class="anchor" href="#members">Members</a></h2>
    ${isUnion ? html`<p>A value has exactly one of these members.</p>` : ""}
    ${membersHtml(shape, shape.members, { site, base, prefix: "member-" })}
  </section>`;
}

function valuesSection({ values, type, id }: EnumIr, site: Site): Html {
  const rows = values.map(
    ({ name, value, facts }) =>
      html`<div class="member" id="value-${name}">
        <dt>${codeOf(literal(value))} <code class="type">${site.typeOf(id)}.${name}</code>${badges(facts)}</dt>
        <dd>${deprecation(facts)}${prose(facts.documentation)}</dd>
      </div> `,
  );
  return html`<section aria-labelledby="values">
    <h2 id="values"><a class="anchor" href="#values">Values</a></h2>
    <p>Services may return ${type === "enum" ? "strings" : "numbers"} that are newer than this list.</p>
    <dl class="members">${rows}</dl>
  </section>`;
}

function usesSection(shape: ShapeIr, uses: Uses, site: Site): Html | string {
  const operations = uses.operations(shape.id);
  const shapes = uses.shapes(shape.id);
  if (operations.length + shapes.length === 0) return "";
  const shapeLinks = shapes.map((each) =>
    site.ir.names.errors.has(each.id) && each.type === "structure" && each.error
      ? html`<li>${site.errorLink(each, base)}</li>`
      : html`<li>${site.shapeLink(each, base)}</li>`,
  );
  return html`<section aria-labelledby="uses">
    <h2 id="uses"><a class="anchor" href="#uses">Used by</a></h2>
    ${
      shapes.length === 0
        ? ""
        : html`<h3>Types</h3>
            <ul class="links">
              ${shapeLinks}
            </ul>`
    }
    ${operationLinks("Operations", operations, site)}
  </section>`;
}

function operationLinks(title: string, operations: readonly OperationIr[], site: Site): Html | string {
  if (operations.length === 0) return "";
  return html`<h3>${title}</h3>
    <ul class="links">
      ${operations.map((operation) => html`<li>${site.operationLink(operation, base)}</li>`)}
    </ul>`;
}

/** The page of an error: its meaning, the operations that return it, how to catch it. */
export function errorPage(error: StructureIr, uses: Uses, site: Site): Page {
  const name = site.errorName(error);
  const { facts } = error;
  const { fault, status, retryable } = error.error ?? {};
  const operations = uses.failing(error.id);
  const own = error.members.filter((member) => member.name.toLowerCase() !== "message");
  const details: [string, Html][] = [
    ["Fault", html`${fault === "server" ? "the service" : "the caller"}`],
    ...(status === undefined ? [] : ([["HTTP status", html`${status}`]] satisfies [string, Html][])),
    ...(retryable === undefined
      ? []
      : ([["Retried", html`yes${retryable === "throttling" ? ", as throttling" : ""}`]] satisfies [string, Html][])),
  ];
  return {
    path: site.errorPath(error),
    title: `${name} · ${site.title}`,
    description: descriptionOf(facts.documentation, `The error ${name} of ${site.title}.`),
    body: html`<p class="kind">Error</p>
      <h1><code>${breakable(name)}</code>${errorBadges(error)}</h1>
      ${deprecation(facts)}
      <div class="lead">${prose(facts.documentation)}</div>
      ${links(facts)}
      <dl class="details">
        ${details.map(
          ([term, value]) =>
            html`<div>
              <dt>${term}</dt>
              <dd>${value}</dd>
            </div> `,
        )}
      </dl>
      ${catchSample(name, operations[0], site)}
      ${
        own.length === 0
          ? ""
          : html`<h2 id="members"><a class="anchor" href="#members">Members</a></h2>
              ${membersHtml(error, own, { site, base, prefix: "member-", role: "error" })}`
      }
      ${
        operations.length === 0
          ? ""
          : html`<h2 id="operations"><a class="anchor" href="#operations">Operations</a></h2>
              <ul class="links">
                ${operations.map((operation) => html`<li>${site.operationLink(operation, base)}</li>`)}
              </ul>`
      }`,
  };
}

function catchSample(name: string, operation: OperationIr | undefined, site: Site): Html | string {
  if (!operation) return "";
  const called = site.functionOf(operation);
  const call = `  await ${called}(${sampleArguments(operation, site, called.length + 8).replaceAll("\n", "\n  ")});`;
  return codeBlock(`${importLine([site.ir.names.client, called, name], site.packageName)}

${clientLine(site)}
try {
${call}
} catch (error) {
  if (!(error instanceof ${name})) throw error;
  console.log(error.message, error.requestId);
}`);
}
