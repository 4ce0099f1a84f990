import { decodeEntities } from "./entities.js";

/** A paragraph, a list item, or verbatim lines. The text is TSDoc's Markdown with single spaces between words. */
export interface Block {
  /** Prefix of the first line: `- `, `1. `, or empty. */
  readonly marker: string;
  /** Spaces before the marker. */
  readonly indent: number;
  readonly text: string;
  /** Lines of code, printed unchanged. */
  readonly verbatim?: readonly string[];
}

/** A space at which lines are not broken. Models cannot contain it, because control characters are removed. */
export const hardSpace = "\u0001";

const inlineTags = new Set(["a", "b", "br", "code", "em", "fullname", "i", "span", "strong", "sub", "sup", "tt", "u"]);
const blockTags = new Set(
  "body caption dd div dl dt h1 h2 h3 h4 h5 h6 hr html important li note ol p pre section simplesect table tbody td th thead title tr ul".split(
    " ",
  ),
);
const callouts: Readonly<Record<string, string>> = { note: "**Note:**", important: "**Important:**" };

const tagPattern = /<!--[\s\S]*?-->|<(\/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?)\/?>/g;

/**
 * Converts a model's documentation (HTML, CommonMark, or both) to blocks of Markdown for TSDoc. Tags that are not HTML
 * are text: models contain `<bucket-name>`.
 */
export function readMarkup(source: string): Block[] {
  const text = source.replaceAll(/\r\n?|[\u2028\u2029]/g, "\n").replaceAll(/(?![\n\t])\p{Cc}/gu, "");
  const isHtml = [...text.matchAll(tagPattern)].some(([, , name]) => blockTags.has(name?.toLowerCase() ?? ""));
  return isHtml ? new HtmlReader().read(text) : readMarkdown(text);
}

/** Text as inline code, with enough backticks around it. It is never broken over lines. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === "") return "";
  const runs = [...line.matchAll(/`+/g)].map(([run]) => run.length);
  let fence = "`";
  while (runs.includes(fence.length)) fence += "`";
  const padded = /^`|`$/.test(line) ? ` ${line} ` : line;
  return `${fence}${padded}${fence}`.replaceAll(" ", hardSpace);
}

/** A title, or another text without markup, on one line. */
export function plainText(text: string): string {
  return escapeText(oneLine(text));
}

/** Removes line breaks and control characters. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\p{Cc}/gu, "")
    .trim();
}

/** Escapes the special characters of TSDoc in plain text. Text between backticks is already code. */
export function escapeText(text: string): string {
  return text
    .split(/(`+[^`]+`+)/)
    .map((part, index) =>
      index % 2 === 1
        ? part.replaceAll(/\s+/g, hardSpace)
        : part.replaceAll(/[{}@]/g, "\\$&").replaceAll(/<(?=[A-Za-z/!?])/g, "\\<"),
    )
    .join("");
}

/** A link, if its address has an allowed scheme. */
function link(label: string, address: string): string {
  const url = address.trim();
  if (!/^(https?|mailto):[^\s]+$/i.test(url) || label === "") return label;
  const safe = url.replaceAll(/[()<>{}[\]\\`*@"]/g, (character) =>
    encodeURIComponent(character).replace(/^[()*]$/, hex),
  );
  return `[${label.replaceAll(/[[\]]/g, "\\$&").replaceAll(" ", hardSpace)}](${safe})`;
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Converts HTML to blocks in one pass. Unclosed and stray tags are tolerated. */
class HtmlReader {
  readonly #blocks: Block[] = [];
  readonly #lists: { readonly ordered: boolean; count: number }[] = [];
  #text = "";
  #marker = "";
  /** Text of the current `code` element. Undefined outside of one. */
  #code: string | undefined;
  #link: { readonly address: string; readonly start: number } | undefined;
  #lead = "";

  read(source: string): Block[] {
    let end = 0;
    for (const match of source.matchAll(tagPattern)) {
      const name = match[2]?.toLowerCase() ?? "";
      const known = match[2] === undefined || inlineTags.has(name) || blockTags.has(name);
      if (!known) continue;
      this.#characters(source.slice(end, match.index));
      end = match.index + match[0].length;
      if (match[2] !== undefined) this.#tag(name, match[1] === "/", match[3] ?? "");
    }
    this.#characters(source.slice(end));
    this.#endCode();
    this.#endBlock();
    return this.#blocks;
  }

  #characters(raw: string): void {
    const text = decodeEntities(raw);
    if (this.#code !== undefined) this.#code += text;
    else this.#text += escapeText(text.replaceAll(/\s+/g, " "));
  }

  #tag(name: string, closing: boolean, attributes: string): void {
    if (name === "code" || name === "tt") {
      this.#endCode();
      if (!closing) this.#code = "";
    } else if (name === "a") this.#anchor(closing, attributes);
    else if (name === "b" || name === "strong") this.#text += "**";
    else if (name === "br") this.#endBlock();
    else if (blockTags.has(name)) this.#block(name, closing);
  }

  #anchor(closing: boolean, attributes: string): void {
    if (this.#link) {
      const { address, start } = this.#link;
      this.#endCode();
      const label = this.#text.slice(start).trim();
      this.#text = `${this.#text.slice(0, start)}${link(label, address)}`;
      this.#link = undefined;
    }
    if (closing) return;
    const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes);
    this.#link = { address: decodeEntities(href?.[1] ?? href?.[2] ?? href?.[3] ?? ""), start: this.#text.length };
  }

  #block(name: string, closing: boolean): void {
    this.#endCode();
    this.#endBlock();
    if (name === "ul" || name === "ol") {
      if (closing) this.#lists.pop();
      else this.#lists.push({ ordered: name === "ol", count: 0 });
    } else if (!closing && (name === "li" || name === "dt")) {
      const list = this.#lists.at(-1);
      if (list) list.count++;
      this.#marker = list?.ordered ? `${list.count}. ` : "- ";
    } else if (!closing && Object.hasOwn(callouts, name)) this.#lead = `${callouts[name]} `;
  }

  #endCode(): void {
    if (this.#code === undefined) return;
    this.#text += code(this.#code);
    this.#code = undefined;
  }

  #endBlock(): void {
    const text = balanceBold(this.#text).trim();
    this.#text = "";
    this.#link = undefined;
    if (text === "") return;
    const depth = Math.max(this.#lists.length - 1, 0);
    const isContinuation = this.#marker === "" && this.#lists.length > 0;
    this.#blocks.push({
      marker: this.#marker,
      indent: depth * 2 + (isContinuation ? 2 : 0),
      text: `${this.#lead}${text}`,
    });
    this.#marker = "";
    this.#lead = "";
  }
}

/** Removes unbalanced or empty emphasis, and moves its surrounding spaces outside. */
function balanceBold(text: string): string {
  const parts = text.split("**");
  if (parts.length % 2 === 0) return parts.join("");
  return parts
    .map((part, index) =>
      index % 2 === 0 || part.trim() === "" ? part : part.replace(/^(\s*)(.*?)(\s*)$/s, "$1**$2**$3"),
    )
    .join("");
}

/** Splits CommonMark into blocks. Lines of paragraphs and items are joined, to be wrapped again. */
function readMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  let open: { marker: string; indent: number; lines: string[] } | undefined;
  let fence: { readonly mark: string; readonly lines: string[] } | undefined;
  const close = (): void => {
    if (open) blocks.push({ marker: open.marker, indent: open.indent, text: inline(open.lines.join(" ")) });
    open = undefined;
  };
  for (const line of source.split("\n")) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (fence) {
      fence.lines.push(line);
      if (mark?.startsWith(fence.mark)) {
        blocks.push({ marker: "", indent: 0, text: "", verbatim: fence.lines });
        fence = undefined;
      }
      continue;
    }
    const item = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/.exec(line);
    if (mark !== undefined) {
      close();
      fence = { mark, lines: [line] };
    } else if (line.trim() === "") close();
    else if (item) {
      close();
      const [, space = "", bullet = "-", text = ""] = item;
      open = {
        marker: /\d/.test(bullet) ? `${bullet} ` : "- ",
        indent: Math.floor(space.length / 2) * 2,
        lines: [text],
      };
    } else if (/^\s*(#{1,6}\s|\|)/.test(line)) {
      close();
      blocks.push({ marker: "", indent: 0, text: inline(line) });
    } else {
      open ??= { marker: "", indent: 0, lines: [] };
      open.lines.push(line.trim());
    }
  }
  close();
  if (fence) blocks.push({ marker: "", indent: 0, text: "", verbatim: [...fence.lines, fence.mark] });
  return blocks;
}

/** One line of CommonMark, which may contain inline HTML tags. */
function inline(text: string): string {
  return new HtmlReader()
    .read(text)
    .map((block) => block.text)
    .join(" ");
}
