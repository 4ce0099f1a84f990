import { ts } from "ts-morph";
import { type Edit, replace } from "./edits.js";
import { withoutElements } from "./imports.js";
import type { Source } from "./source.js";

/** Options that are the same for a client and a service object. */
const same: ReadonlySet<string> = new Set(["region", "endpoint", "useFipsEndpoint", "useDualstackEndpoint"]);
const keys: readonly string[] = ["accessKeyId", "secretAccessKey", "sessionToken"];

/** Edits of the options of a service object, or the reason why they cannot be migrated. */
export type OptionEdits = { readonly edits: readonly Edit[] } | { readonly obstacle: string; readonly node: ts.Node };

/** Converts the options of a service object to options of a client. */
export function clientOptions(source: Source, construction: ts.NewExpression): OptionEdits {
  const [options, ...more] = construction.arguments ?? [];
  const unknown = { obstacle: "its region is not set here and may come from the shared configuration" };
  if (!options) return { ...unknown, node: construction };
  if (more.length > 0 || !ts.isObjectLiteralExpression(options)) {
    return { obstacle: "its options are not an object literal", node: options };
  }
  const gone = new Set<ts.Node>();
  const edits: Edit[] = [];
  const given: ts.ObjectLiteralElementLike[] = [];
  for (const property of options.properties) {
    const name = property.name && ts.isIdentifier(property.name) ? property.name.text : undefined;
    const value = valueOf(property);
    if (name === undefined || !value) return { obstacle: "its options are computed", node: property };
    if (keys.includes(name)) given.push(property);
    else if (name === "apiVersion") gone.add(property);
    else if (name === "maxRetries" && ts.isNumericLiteral(value)) {
      edits.push(replace(source, property, `maxAttempts: ${Number(value.text) + 1}`));
    } else if (!isTaken(name, value)) {
      return { obstacle: `it is unknown whether a client has the option ${name}`, node: property };
    }
  }
  if (!options.properties.some(({ name }) => name?.getText(source.file) === "region")) {
    return { ...unknown, node: options };
  }
  const [first, ...others] = given;
  if (first) {
    const texts = given.map((property) => property.getText(source.file));
    edits.push(replace(source, first, `credentials: { ${texts.join(", ")} }`));
    for (const other of others) gone.add(other);
  }
  return { edits: [...edits, ...withoutElements(source, options.properties, gone)] };
}

function isTaken(name: string, value: ts.Expression): boolean {
  if (same.has(name)) return !ts.isNewExpression(value) && !ts.isCallExpression(value);
  if (name !== "credentials" || !ts.isObjectLiteralExpression(value)) return false;
  return value.properties.every(({ name: key }) => key && ts.isIdentifier(key) && keys.includes(key.text));
}

function valueOf(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}
