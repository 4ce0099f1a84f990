import { ConfigurationError } from "../errors/client.js";

/** Settings of one section by lower-case name; one of a nested block stands as `block.name`. */
export type Settings = ReadonlyMap<string, string>;

/** A section in the order of the file; the same one may come several times. */
export interface Section {
  /** `profile`, `sso-session`, `services`; undefined where the header is a name alone: `[default]`. */
  readonly type: string | undefined;
  readonly name: string;
  readonly settings: Map<string, string>;
}

/**
 * Reads AWS's shared `config` and `credentials` format. It is none of the INI dialects that packages read: section
 * headers have a type and a name that may hold dots, slashes, colons and, in quotes, spaces; a setting without value
 * opens a block of indented ones; values are always text; `#` and `;` begin a comment only after white space.
 *
 * Messages show no line's text, which may be a secret.
 *
 * @param path for messages
 * @throws ConfigurationError naming file and line
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function parseSharedFile(text: string, path: string): Section[] {
  const sections: Section[] = [];
  let settings: Map<string, string> | undefined;
  /** The setting that deeper indented lines belong to. */
  let last: { readonly name: string; readonly indent: number } | undefined;

  for (const [index, rawLine] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const malformed = (problem: string) => new ConfigurationError(`${path}:${index + 1}: ${problem}`);
    const line = rawLine.replace(/(^|\s)[#;].*$/, "").trimEnd();
    const content = line.trimStart();
    const indent = line.length - content.length;
    if (content === "") continue;

    if (content.startsWith("[")) {
      const end = content.indexOf("]");
      if (end === -1) throw malformed('the section header lacks its "]"');
      const section = { ...readHeader(content.slice(1, end)), settings: new Map<string, string>() };
      sections.push(section);
      ({ settings } = section);
      last = undefined;
      continue;
    }
    if (!settings) throw malformed("a setting must stand below a section header such as [default]");

    const equals = content.indexOf("=");
    const name = content.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const value = content.slice(equals + 1).trim();
    if (last && indent > last.indent) {
      const sofar = settings.get(last.name);
      if (sofar) settings.set(last.name, `${sofar}\n${content}`);
      else if (name === "") throw malformed('expected "name = value" in the indented block');
      else settings.set(`${last.name}.${name}`, value);
    } else {
      if (name === "") throw malformed('expected "name = value" or "[section]"');
      settings.set(name, value);
      last = { name, indent };
    }
  }
  return sections;
}

/** `profile "my name"`: type and name. What is of no known form becomes a name that nobody asks for. */
function readHeader(header: string): Pick<Section, "type" | "name"> {
  const text = header.trim();
  const parts = /^(?:([\w-]+)\s+)?(?:"([^"]*)"|'([^']*)'|(\S+))$/.exec(text);
  return { type: parts?.[1], name: parts?.[2] ?? parts?.[3] ?? parts?.[4] ?? text };
}
