import {
  code,
  constraintsOf,
  type DocFacts,
  literal,
  memberDeclaration,
  type MemberIr,
  type ShapeIr,
  type StructureIr,
  typeText,
  type UnionIr,
} from "../../plugin.js";
import { html, Html, joinHtml } from "./html.js";
import { bindingOf } from "./http.js";
import { firstSentence, inlineMarkdown, prose, safeAddress } from "./prose.js";
import type { Site } from "./site.js";

export interface MemberSettings {
  readonly site: Site;
  readonly base: string;
  /** Start of the members' anchors: `input-`. */
  readonly prefix: string;
  /** Where the members are on the wire. Undefined on pages of shapes, which do not know. */
  readonly role?: "input" | "output" | "error";
  /** Whether to show the members of structures in these members. */
  readonly nested?: boolean;
}

/** Up to this number, values of an enum are listed where they are used. */
const shortEnum = 12;

/** Up to this number, members of a structure are listed where it is used. */
const shortStructure = 16;

/** The members of a structure or union, each with its type, documentation and constraints. */
export function membersHtml(
  shape: StructureIr | UnionIr,
  members: readonly MemberIr[],
  settings: MemberSettings,
): Html {
  if (members.length === 0) return html`<p class="none">No members.</p>`;
  return html`<dl class="members">${members.map((member) => memberHtml(member, shape, settings))}</dl>`;
}

function memberHtml(member: MemberIr, shape: StructureIr | UnionIr, settings: MemberSettings): Html {
  const { site, base, prefix } = settings;
  const { optional, type } = declared(member, shape, site);
  const anchor = `${prefix}${member.name}`;
  const presence = shape.type === "structure" && !optional ? (shape.inInput ? "required" : "always present") : "";
  return html`<div class="member" id="${anchor}">
    <dt>
      <a class="anchor" href="#${anchor}"><code>${member.name}</code></a>
      <code class="type">${site.type(type, base)}</code
      >${badge(presence, "required")}${badges(member.facts)}${member.sensitive ? badge("sensitive", "plain") : ""}
    </dt>
    <dd>
      ${deprecation(member.facts)}${prose(member.facts.documentation)}${factList(memberFacts(member, shape, settings))}${links(member.facts)}${nestedHtml(member, settings)}
    </dd>
  </div> `;
}

/** How a member is declared. Types are those of outputs, which have no `readonly`. */
function declared(
  member: MemberIr,
  shape: StructureIr | UnionIr,
  { ir }: Site,
): { readonly optional: boolean; readonly type: string } {
  const plain = typeText(member, "output", ir);
  if (shape.type === "union") return { optional: true, type: plain };
  const { optional, type } = memberDeclaration(member, shape, ir);
  const isOther = member.streaming || (member.type.type === "blob" && type.startsWith("string | "));
  return { optional, type: isOther ? type.replace(/ \| undefined$/, "") : plain };
}

function memberFacts(member: MemberIr, shape: StructureIr | UnionIr, settings: MemberSettings): Html[] {
  const { role } = settings;
  const facts = constraintFacts(member, settings);
  const isInput = role === "input" || (role === undefined && shape.inInput);
  if (member.default !== undefined && !member.streaming) facts.push(html`Default: ${codeOf(literal(member.default))}`);
  if (member.clientDefault !== undefined) facts.push(html`If absent, the client sends ${codeOf(member.clientDefault)}`);
  if (member.idempotencyToken && isInput) facts.push(html`If absent, the client sends a UUID`);
  if (member.sparse) facts.push(html`Items may be null`);
  if (member.mediaType !== undefined) facts.push(html`Media type: ${codeOf(member.mediaType)}`);
  if (member.recommended !== undefined)
    facts.push(member.recommended === "" ? html`Recommended` : html`Recommended: ${member.recommended}`);
  if (member.streaming) {
    facts.push(
      isInput
        ? html`Streaming body: text, bytes, a Blob or a stream`
        : html`Streaming body: read it once, or cancel it`,
    );
    if (isInput && member.requiresLength) facts.push(html`The length must be known before it is sent`);
  }
  const binding = role && bindingOf(member, role, settings.site.ir);
  if (binding !== undefined) facts.push(html`HTTP: ${binding}`);
  return facts;
}

/** `3 to 128 characters`, `One of "A", "B"`, `Each item: …` */
function constraintFacts(member: MemberIr, { site, base }: MemberSettings): Html[] {
  return constraintsOf(member).flatMap(({ of, phrases, enumId }) => {
    const shape = enumId === undefined ? undefined : site.ir.shapes.get(enumId);
    const all = [...(shape ? [enumPhrase(shape, site, base)] : []), ...phrases.map(inlineMarkdown)];
    return all.length === 0 ? [] : [html`${of === "" ? "" : `${of}: `}${joinHtml(all, "; ")}`];
  });
}

function enumPhrase(shape: ShapeIr, site: Site, base: string): Html {
  const values = "values" in shape ? shape.values : [];
  if (values.length === 0 || values.length > shortEnum) return html`a value of ${site.shapeLink(shape, base)}`;
  return html`one of
  ${joinHtml(
    values.map(({ value }) => codeOf(literal(value))),
    ", ",
  )}`;
}

/** The members of the structure or union that a member contains, folded. */
function nestedHtml(member: MemberIr, { site, base, nested }: MemberSettings): Html | string {
  const shape = nested ? site.ir.shapes.get(innermost(member) ?? "") : undefined;
  if (!shape || !("members" in shape)) return "";
  const { members } = shape;
  if (members.length === 0 || members.length > shortStructure) return "";
  const rows = members.map((each) => {
    const { optional, type } = declared(each, shape as StructureIr | UnionIr, site);
    return html`<tr>
      <th scope="row"><code>${each.name}${shape.type === "structure" && optional ? "?" : ""}</code></th>
      <td><code class="type">${site.type(type, base)}</code></td>
      <td>${firstSentence(each.facts.documentation)}</td>
    </tr> `;
  });
  return html`<details>
    <summary>
      ${shape.type === "union" ? "One of the members" : "Members"} of <code>${site.typeOf(shape.id)}</code>
    </summary>
    <div class="scroll">
      <table>
        ${rows}
      </table>
    </div>
  </details>`;
}

/** The shape in a member, in the items of its list or in the values of its map. */
function innermost({ type }: MemberIr): string | undefined {
  if ("shape" in type) return type.shape;
  if ("member" in type) return innermost(type.member);
  return "key" in type ? innermost(type.value) : undefined;
}

export function factList(facts: readonly Html[]): Html | string {
  if (facts.length === 0) return "";
  return html`<ul class="facts">
    ${facts.map((fact) => html`<li>${upper(fact)}</li>`)}
  </ul>`;
}

/** `at most 5 items` starts a line of its own. */
function upper({ text }: Html): Html {
  return new Html(text.replace(/^[a-z]/, (letter) => letter.toUpperCase()));
}

export function codeOf(text: string): Html {
  return inlineMarkdown(code(text));
}

export function badge(text: string, kind: string): Html | string {
  return text === "" ? "" : html` <span class="badge ${kind}">${text}</span>`;
}

/** What people look for beside a name. */
export function badges({ deprecated, since }: DocFacts): Html {
  return html`${deprecated ? badge("deprecated", "warning") : ""}${since === undefined ? "" : badge(`since ${since}`, "plain")}`;
}

export function deprecation({ deprecated }: DocFacts): Html | string {
  if (!deprecated) return "";
  const { message, since } = deprecated;
  const start = since === undefined ? "Deprecated." : `Deprecated since ${since}.`;
  return html`<p class="deprecated"><strong>${start}</strong>${message === undefined ? "" : html` ${message}`}</p>`;
}

/** `smithy.api#externalDocumentation`. */
export function links(facts: DocFacts): Html | string {
  const shown = Object.entries(facts.links ?? {}).flatMap(([title, url]) => {
    const address = safeAddress(url);
    return address === undefined ? [] : [html`<li><a href="${address}" rel="noreferrer">${title}</a></li>`];
  });
  return shown.length === 0
    ? ""
    : html`<ul class="see">
        ${shown}
      </ul>`;
}
