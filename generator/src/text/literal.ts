/** An expression that is printed as it stands: a name, a function. Made from names that the generator chose only. */
export class Code {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Line width that multi-line literals aim at. */
const width = 100;

/**
 * A value as a TypeScript expression: the only way a text of the model gets into code. One line, or, where `indent`
 * says how far in the line stands, as many as it takes; `used` is how much of the first is taken already.
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
      throw new TypeError(`A ${typeof value} is no literal`);
  }
}

/** Quotes, and all that ends a line or a string for some reader of JavaScript. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text)
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029")
    .replaceAll("\u007f", "\\u007f");
}

/** A name in an object literal. `__proto__: x` would set the prototype; a computed name never does. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return isIdentifier(name) ? name : stringLiteral(name);
}

/** A name in a type or class, where `__proto__` is a name like any other. */
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
