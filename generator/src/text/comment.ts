import { type Block, hardSpace, readMarkup } from "./markup.js";

/**
 * Content of a doc comment. Texts of the model are markup. `intro`, `facts` and `lead` are Markdown of the generator.
 */
export interface DocComment {
  /** First paragraph, written by the generator. */
  readonly intro?: string | undefined;
  /** The model's documentation. */
  readonly text?: string | undefined;
  /** Sentences about constraints. */
  readonly facts?: readonly string[] | undefined;
  readonly tags?: readonly DocTag[] | undefined;
}

export interface DocTag {
  readonly name: "throws" | "deprecated" | "see" | "example" | "param" | "returns";
  /** Text between the tag's name and `text`. */
  readonly lead?: string | undefined;
  /** The model's text. */
  readonly text?: string | undefined;
  /** Lines of TypeScript below. */
  readonly code?: string | undefined;
}

const width = 120;

/**
 * A doc comment, wrapped for an indentation of `indent` columns. Texts of the model can neither end the comment nor add
 * tags to it.
 */
export function comment(doc: DocComment, indent = 0): string {
  const room = width - indent - " * ".length;
  const own = withFacts(readMarkup(doc.text ?? ""), doc.facts ?? []);
  const blocks = doc.intro === undefined ? own : [{ marker: "", indent: 0, text: doc.intro }, ...own];
  const lines = blocks.flatMap((block, index) => [
    ...(index > 0 && needsGap(blocks[index - 1], block) ? [""] : []),
    ...blockLines(block, room),
  ]);
  const tags = doc.tags ?? [];
  const tagLines = tags.flatMap((tag, index) => {
    const needsLine = index === 0 ? lines.length > 0 : tag.name === "example" || tags[index - 1]?.name === "example";
    return [...(needsLine ? [""] : []), ...linesOfTag(tag, room)];
  });
  const all = [...lines.map(guard), ...tagLines];
  const [only, ...others] = all;
  if (only === undefined) return "";
  if (others.length === 0 && only.length + "/**  */".length + indent <= width) return `/** ${only} */`;
  return ["/**", ...all.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
}

/** The first sentence of a model's text, for tables and lists. The first paragraph if it has no sentence. */
export function summary(text: string | undefined): string {
  const [first] = readMarkup(text ?? "");
  const whole = (first?.text ?? "").replaceAll(hardSpace, " ");
  const sentence = /^.*?[.!?](?=\s+["'(`A-Z[*])/s.exec(whole);
  return (sentence?.[0] ?? whole).trim();
}

/**
 * Appends the constraints to the paragraph of a short text. After a longer text they have their own paragraph. A
 * constraint that the text already contains is not repeated.
 */
function withFacts(blocks: readonly Block[], facts: readonly string[]): Block[] {
  const text = facts.filter((fact) => !blocks.some((block) => block.text.includes(fact))).join(" ");
  if (text === "") return [...blocks];
  const [only, ...others] = blocks;
  const isShort = only && others.length === 0 && !only.verbatim && only.marker === "" && only.text.length < width * 2;
  if (!isShort) return [...blocks, { marker: "", indent: 0, text }];
  const end = /[.!?:;)]$/.test(only.text) ? " " : ". ";
  return [{ ...only, text: `${only.text}${end}${text}` }];
}

function needsGap(before: Block | undefined, block: Block): boolean {
  return !(before && block.marker !== "" && (before.marker !== "" || before.indent > 0));
}

function blockLines(block: Block, room: number): string[] {
  if (block.verbatim) return block.verbatim.map((line) => line.trimEnd());
  const hang = " ".repeat(block.indent + block.marker.length);
  const first = `${" ".repeat(block.indent)}${block.marker}`;
  return wrap(block.text, room - hang.length).map((line, index) => `${index === 0 ? first : hang}${line}`);
}

function linesOfTag({ name, lead, text, code }: DocTag, room: number): string[] {
  const blocks = readMarkup(text ?? "");
  const words = [lead, ...blocks.map((block) => block.verbatim?.join(" ") ?? block.text)].filter((part) => part);
  const [first = "", ...rest] = wrap([`@${name}`, ...words].join(" "), room);
  const fence = code === undefined ? [] : ["```ts", ...code.split("\n"), "```"];
  return [`@${guard(first.slice(1))}`, ...[...rest, ...fence].map(guard)];
}

/** Escapes what would end the comment or start a tag. In a string of an example, the backslash changes nothing. */
function guard(line: string): string {
  return line.replaceAll("*/", "*\\/").replaceAll(/(^|\s)@/g, "$1\\@");
}

function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  return lines.map((each) => each.replaceAll(hardSpace, " "));
}
