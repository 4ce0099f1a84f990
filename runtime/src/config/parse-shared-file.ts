import { ConfigurationError } from "../errors/client.js";

/** Something in a shared file that cannot be read. */
export interface FileProblem {
  readonly path: string;
  /** `path:line: what is wrong`; quotes nothing of the file, which may contain secrets. */
  readonly message: string;
  /** The path is a directory: a container's mount of a missing file, for example. */
  readonly isDirectory?: boolean;
  /** Lower-case name of the setting that the line seems to define. */
  readonly setting?: string | undefined;
  /** The line defines the setting in a way that cannot be used; earlier definitions no longer apply. */
  readonly isDefinition?: boolean;
}

export interface Setting {
  readonly text: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** Settings of one section by lower-case name; a setting of a nested block has the name `block.name`. */
export class Settings {
  readonly problems: FileProblem[] = [];
  readonly #found = new Map<string, Setting>();

  get names(): readonly string[] {
    return [...this.#found.keys()];
  }

  get(name: string): string | undefined {
    return this.find(name)?.text;
  }

  /**
   * A problem of the file matters only here, where the setting is needed.
   *
   * @throws ConfigurationError if the setting is not defined, and a malformed line seems to define it
   */
  find(name: string): Setting | undefined {
    const setting = this.#found.get(name);
    if (setting) return setting;
    const problem = this.problems.findLast((each) => each.setting === name);
    if (problem) throw new ConfigurationError(problem.message);
    return undefined;
  }

  set(name: string, setting: Setting): void {
    this.#found.set(name, setting);
  }

  addProblem(problem: FileProblem): void {
    this.problems.push(problem);
    if (problem.setting !== undefined && problem.isDefinition) this.#found.delete(problem.setting);
  }

  /** Adds the settings and problems of a later section. */
  add(later: Settings): void {
    for (const problem of later.problems) this.addProblem(problem);
    for (const [name, setting] of later.#found) this.#found.set(name, setting);
  }
}

/** A section in the order of the file; several may have the same name. */
export interface Section {
  /** `profile`, `sso-session`, `services`; undefined if the header is only a name: `[default]`. */
  readonly type: string | undefined;
  readonly name: string;
  readonly settings: Settings;
}

export interface SharedFile {
  readonly sections: readonly Section[];
  /** Problems that are not part of a section. */
  readonly problems: readonly FileProblem[];
}

/** Marks of a merge conflict: its start, the two that separate its sides, and its end. */
const conflictMark = /^(?:([<|>])\1{6}(?:\s|$)|={7}$)/;

/**
 * Reads AWS's shared `config` and `credentials` format, which differs from the INI dialects of npm packages: section
 * headers have a type and a name that may contain dots, slashes, colons and, in quotes, spaces; a setting without a value
 * opens a block of indented settings; values are always text; `#` and `;` start a comment only after white space.
 *
 * Never fails: malformed lines are recorded as problems of their section. In a merge conflict all settings are
 * malformed, because their values are ambiguous; so are those below an unclosed section header.
 *
 * @param path for messages
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function parseSharedFile(text: string, path: string): SharedFile {
  const sections: Section[] = [];
  const problems: FileProblem[] = [];
  let settings: Settings | undefined;
  /** The setting that deeper indented lines belong to. */
  let last: { readonly name: string; readonly indent: number; readonly value: string } | undefined;
  /** Why settings of this section, or of this merge conflict, cannot be used. */
  let unclosedHeader: string | undefined;
  let conflict: string | undefined;

  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const lastConflictEnd = lines.findLastIndex((line) => conflictMark.exec(line)?.[1] === ">");
  for (const [index, rawLine] of lines.entries()) {
    const line = rawLine.replace(/(^|\s)[#;].*$/, "").trimEnd();
    const content = line.trimStart();
    const indent = line.length - content.length;
    if (content === "") continue;
    const messageOf = (problem: string): string => `${path}:${index + 1}: ${problem}`;
    const addProblem = (message: string, setting?: string, isDefinition?: boolean): void => {
      const problem = { path, message, setting: setting?.toLowerCase(), isDefinition: isDefinition ?? false };
      if (settings) settings.addProblem(problem);
      else problems.push(problem);
    };

    const mark = conflictMark.exec(rawLine);
    if (mark?.[1] === "<" && index < lastConflictEnd) {
      conflict = messageOf("the file has a merge conflict; choose one side and remove the conflict markers");
    }
    if (mark && conflict !== undefined) {
      addProblem(conflict);
      if (mark[1] === ">") conflict = undefined;
      last = undefined;
      continue;
    }

    if (content.startsWith("[")) {
      const end = content.indexOf("]");
      unclosedHeader = end === -1 ? messageOf('the section header has no closing "]"') : undefined;
      settings = new Settings();
      sections.push({ ...readHeader(content.slice(1, end === -1 ? undefined : end)), settings });
      if (unclosedHeader !== undefined) addProblem(unclosedHeader);
      last = undefined;
      continue;
    }
    if (!settings) {
      addProblem(messageOf("a setting must be below a section header such as [default]"));
      continue;
    }

    const isInner = last !== undefined && indent > last.indent;
    // Indented lines have no comments at their end.
    const whole = isInner ? rawLine.trim() : content;
    const equals = whole.indexOf("=");
    const name = whole.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const value = whole.slice(equals + 1).trim();
    const guessed = /^[\w-]+/.exec(content)?.[0];
    const unusable = conflict ?? unclosedHeader;
    const set = (key: string, valueOfKey: string): void => {
      if (unusable === undefined) settings?.set(key, { text: valueOfKey, path, line: index + 1 });
      else addProblem(unusable, key, true);
    };
    const block = isInner && last ? `${last.name}.` : "";
    if (last && isInner && last.value !== "") {
      last = { ...last, value: `${last.value}\n${whole}` };
      set(last.name, last.value);
    } else if (name === "") {
      const place = block === "" ? 'or "[section]"' : "in the indented block";
      addProblem(messageOf(`expected "name = value" ${place}`), guessed && block + guessed);
    } else if (/[^\w/.%@:+-]/.test(name)) {
      addProblem(messageOf("the name of a setting has letters, digits and _-/.%@:+ only"));
    } else {
      set(block + name, value);
      if (block === "") last = { name, indent, value };
    }
  }
  return { sections, problems };
}

/** Type and name in a header: `profile "my name"`. A header of unknown form has a type that is never looked up. */
function readHeader(header: string): Pick<Section, "type" | "name"> {
  const text = header.trim();
  const parts = /^(?:([\w-]+)\s+)?(?:"([^"]*)"|'([^']*)'|(\S+))$/.exec(text);
  return { type: parts ? parts[1] : "unknown", name: parts?.[2] ?? parts?.[3] ?? parts?.[4] ?? text };
}
