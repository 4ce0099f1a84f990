import { featuredOperation, type ServiceIr, type ShapeIr } from "../../plugin.js";
import type { Group } from "./groups.js";
import { html, type Html } from "./html.js";
import { descriptionOf, type Page } from "./layout.js";
import { badge, badges } from "./members.js";
import { errorTable } from "./operation-page.js";
import { firstSentence, prose } from "./prose.js";
import { codeBlock, samplesOf } from "./samples.js";
import type { Site } from "./site.js";

/** The first page: what the service is, a call, and all operations. */
export function overviewPage(groups: readonly Group[], site: Site): Page {
  const { ir, packageName } = site;
  const shown = featuredOperation(ir);
  const [sample] = shown ? samplesOf(shown, site) : [];
  return {
    path: "index.html",
    title: `${site.title} reference`,
    description: descriptionOf(ir.documentation, `Operations and types of ${site.title}.`),
    body: html`<p class="kind">API reference</p>
      <h1>${site.title}</h1>
      <div class="lead">${prose(ir.documentation)}</div>
      <dl class="details">
        <div>
          <dt>Package</dt>
          <dd><code>${packageName}</code></dd>
        </div>
        <div>
          <dt>API version</dt>
          <dd>${ir.version}</dd>
        </div>
        <div>
          <dt>Contents</dt>
          <dd>${counts(ir)}</dd>
        </div>
      </dl>
      ${sample ? codeBlock(`// npm install ${packageName}\n${sample.forms[0]?.code ?? ""}`) : ""}
      ${groups.map(
        ({ anchor, name, operations }) =>
          html`<section aria-labelledby="${anchor}">
            <h2 id="${anchor}"><a class="anchor" href="#${anchor}">${name}</a></h2>
            <dl class="index">
              ${operations.map(
                (operation) =>
                  html`<div>
                    <dt>
                      ${site.operationLink(operation, "")}${operation.pagination ? badge("pages", "plain") : ""}${operation.waiters.length > 0 ? badge("waiter", "plain") : ""}${badges(operation.facts)}
                    </dt>
                    <dd>${firstSentence(operation.facts.documentation)}</dd>
                  </div> `,
              )}
            </dl>
          </section> `,
      )}`,
  };
}

function counts({ operations, shapes, errors }: ServiceIr): Html {
  const number = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;
  const errorLink = errors.length > 0 ? html`, <a href="errors.html">${number(errors.length, "error")}</a>` : "";
  return html`${number(operations.length, "operation")},
    <a href="shapes.html">${number(shapes.size, "type")}</a>${errorLink}`;
}

/** All structures, unions and enums. Inputs and outputs of operations are listed apart, because most are alike. */
export function shapesPage(site: Site): Page {
  const { ir } = site;
  const calls = new Set(ir.operations.flatMap(({ input, output }) => [input?.id, output?.id]));
  const all = [...ir.shapes.values()].toSorted((left, right) =>
    site.typeOf(left.id) < site.typeOf(right.id) ? -1 : 1,
  );
  const kinds: (readonly [anchor: string, title: string, shapes: readonly ShapeIr[]])[] = [
    ["structures", "Structures", all.filter(({ id, type }) => type === "structure" && !calls.has(id))],
    ["unions", "Unions", all.filter(({ type }) => type === "union")],
    ["enums", "Enums", all.filter((shape) => "values" in shape)],
    ["calls", "Inputs and outputs", all.filter(({ id }) => calls.has(id))],
  ];
  const shown = kinds.filter(([, , shapes]) => shapes.length > 0);
  return {
    path: "shapes.html",
    title: `Types · ${site.title}`,
    description: `All structures, unions and enums of ${site.title}.`,
    sections: shown.map(([anchor, title]) => [anchor, title] as const),
    body: html`<p class="kind">API reference</p>
      <h1>Types</h1>
      ${shown.map(
        ([anchor, title, shapes]) =>
          html`<section aria-labelledby="${anchor}">
            <h2 id="${anchor}"><a class="anchor" href="#${anchor}">${title}</a></h2>
            <ul class="links">
              ${shapes.map((shape) => html`<li>${site.shapeLink(shape, "")}</li> `)}
            </ul>
          </section> `,
      )}`,
  };
}

/** All errors with what they mean. */
export function errorsPage(site: Site): Page {
  return {
    path: "errors.html",
    title: `Errors · ${site.title}`,
    description: `All errors of ${site.title}.`,
    body: html`<p class="kind">API reference</p>
      <h1>Errors</h1>
      <p>
        Errors that the service declares. All other failures of a call (validation, credentials, connection, time
        limits) are exported by <code>@clientsmith/runtime</code>.
      </p>
      ${errorTable(site.ir.errors, site, "")}`,
  };
}
