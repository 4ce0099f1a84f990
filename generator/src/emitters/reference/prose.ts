import { type Block, hardSpace, readMarkup, summary } from "../../plugin.js";
import { escapeHtml, Html } from "./html.js";

/**
 * A model's documentation as HTML. All text is escaped, and the only elements are those that this file writes, so that no
 * text of a model can become an element, an attribute or a script.
 */
export function prose(documentation: string | undefined): Html {
  return new Html(blocksHtml(readMarkup(documentation ?? "")));
}

/** The first sentence of a model's documentation. */
export function firstSentence(documentation: string | undefined): Html {
  return new Html(inline(summary(documentation)));
}

/** Markdown on one line, such as a constraint. */
export function inlineMarkdown(text: string): Html {
  return new Html(inline(text));
}

/** The address of a link that a model may set. Undefined for one that could run a script. */
export function safeAddress(address: string): string | undefined {
  return /^(?:https?:\/\/|mailto:)[^\s]+$/i.test(address) ? address : undefined;
}

interface OpenList {
  readonly tag: "ul" | "ol";
  readonly indent: number;
}

function blocksHtml(blocks: readonly Block[]): string {
  const parts: string[] = [];
  const lists: OpenList[] = [];
  const closeTo = (indent: number): void => {
    while ((lists.at(-1)?.indent ?? -1) >= indent) parts.push(`</li></${lists.pop()?.tag ?? "ul"}>`);
  };
  for (const block of blocks) {
    if (block.verbatim) {
      closeTo(0);
      parts.push(verbatim(block.verbatim));
    } else if (block.marker === "") {
      closeTo(block.indent);
      parts.push(paragraph(block.text));
    } else {
      closeTo(block.indent + 1);
      const tag = /^\d/.test(block.marker) ? "ol" : "ul";
      const open = lists.at(-1);
      if (open?.indent === block.indent && open.tag === tag) parts.push("</li><li>");
      else {
        closeTo(block.indent);
        lists.push({ tag, indent: block.indent });
        parts.push(`<${tag}><li>`);
      }
      parts.push(inline(block.text));
    }
  }
  closeTo(0);
  return parts.join("");
}

function paragraph(text: string): string {
  const heading = /^#{1,6}\s+(.*)$/s.exec(text)?.[1];
  if (heading !== undefined) return `<p><strong>${inline(heading)}</strong></p>`;
  const isCallout = /^\*\*(?:Note|Important):\*\*/.test(text);
  return `<p${isCallout ? ' class="callout"' : ""}>${inline(text)}</p>`;
}

/** The lines between the fences of a code block. */
function verbatim(lines: readonly string[]): string {
  return `<pre><code>${escapeHtml(lines.slice(1, -1).join("\n"))}</code></pre>`;
}

// Lengths are limited, so that the time for a text grows with its length only.
const token =
  /\\(?<escaped>[!-/:-@[-`{-~])|(?<!`)(?<fence>`+)(?<code>(?!`).{1,2000}?)(?<!`)\k<fence>(?!`)|\*\*(?=\S)(?<strong>.{1,2000}?\S|\S)\*\*|(?<![\w*])\*(?=[\w`"'(])(?<em>[^*]{1,500}?[\w`"').,!?])\*(?![\w*])|\[(?<label>(?:[^[\]\\]|\\.){1,500})\]\((?<address>[^()\s]{0,2000})\)|(?:\\?<)(?<url>https?:\/\/[^\s<>]{1,2000})>/gs;

/** Inline Markdown as HTML. Inside a link, there are no links. */
function inline(text: string, inLink = false): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    parts.push(plain(text.slice(end, match.index)), tokenHtml(match[0], match.groups ?? {}, inLink));
    end = match.index + match[0].length;
  }
  parts.push(plain(text.slice(end)));
  return parts.join("");
}

function tokenHtml(whole: string, groups: Readonly<Record<string, string | undefined>>, inLink: boolean): string {
  const { escaped, code, strong, em, label, address, url } = groups;
  if (escaped !== undefined) return escapeHtml(escaped);
  if (code !== undefined) return `<code>${plain(code).replace(/^ (.*) $/s, "$1")}</code>`;
  if (strong !== undefined) return `<strong>${inline(strong, inLink)}</strong>`;
  if (em !== undefined) return `<em>${inline(em, inLink)}</em>`;
  if (label !== undefined) return link(inline(label, true), address ?? "", inLink);
  return url === undefined ? plain(whole) : link(escapeHtml(url), url, inLink);
}

function link(label: string, address: string, inLink: boolean): string {
  const safe = inLink ? undefined : safeAddress(address);
  return safe === undefined ? label : `<a href="${escapeHtml(safe)}" rel="noreferrer">${label}</a>`;
}

function plain(text: string): string {
  return escapeHtml(text.replaceAll(hardSpace, " "));
}
