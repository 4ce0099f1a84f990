/**
 * An expression that is printed unchanged: a name or a function. It must only contain names that the generator chose.
 */
export class Code {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Target line width of multi-line literals. */
const width = 100;

/**
 * A value as a TypeScript expression. Texts of the model must only get into code through this function. The result is
 * one line, or several if `indent` (the indentation of the line) is given. `used` is the occupied width of the first
 * line.
 */
export function literal(value: unknown, indent?: number, used = indent ?? 0): string {
  if (value instanceof Code) return value.text;
  switch (typeof value) {
    case "string":
      return stringLiteral(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : collection(value, indent, used);
    default:
      throw new TypeError(`A ${typeof value} cannot be a literal`);
  }
}

/** A string literal. Escapes quotes and everything that ends a line or string for some JavaScript parser. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text)
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029")
    .replaceAll("\u007f", "\\u007f");
}

/** A property name in an object literal. `__proto__: x` would set the prototype, so that name is computed. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return isIdentifier(name) ? name : stringLiteral(name);
}

/** A property name in a type or class, where `__proto__` is not special. */
export function memberKey(name: string): string {
  return isIdentifier(name) ? name : stringLiteral(name);
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

function collection(value: object, indent: number | undefined, used: number): string {
  const inner = indent === undefined ? undefined : indent + 2;
  const isArray = Array.isArray(value);
  const parts = isArray
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(([name, item]) => `${propertyKey(name)}: ${literal(item, inner)}`);
  const [open, close] = isArray ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return `${open}${close}`;
  const line = isArray ? `[${parts.join(", ")}]` : `{ ${parts.join(", ")} }`;
  if (indent === undefined || (!line.includes("\n") && used + line.length <= width)) return line;
  return `${open}\n${parts.map((part) => `${" ".repeat(indent + 2)}${part},\n`).join("")}${" ".repeat(indent)}${close}`;
}
