import { type Block, hardSpace, readMarkup } from "./markup.js";

/** A model's documentation (HTML, CommonMark, or both) as Markdown, a line for each paragraph and list item. */
export function markdown(source: string | undefined): string {
  let text = "";
  let before: Block | undefined;
  for (const block of readMarkup(source ?? "")) {
    if (before) text += before.marker !== "" && block.marker !== "" ? "\n" : "\n\n";
    text += lineOf(block);
    before = block;
  }
  return text.replaceAll(hardSpace, " ");
}

function lineOf({ indent, marker, text, verbatim }: Block): string {
  return verbatim ? verbatim.join("\n") : `${" ".repeat(indent)}${marker}${text}`;
}
