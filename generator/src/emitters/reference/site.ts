import {
  fileName,
  type OperationIr,
  type ServiceIr,
  type ShapeId,
  type ShapeIr,
  type StructureIr,
} from "../../plugin.js";
import { html, type Html, joinHtml } from "./html.js";

/** Folder of the pages in the package. */
export const folder = "reference";

/** The pages of a service: paths relative to the folder of the reference, and links between them. */
export class Site {
  readonly ir: ServiceIr;
  readonly packageName: string;
  readonly #operations: ReadonlyMap<ShapeId, string>;
  readonly #shapes: ReadonlyMap<ShapeId, string>;
  readonly #errors: ReadonlyMap<ShapeId, string>;
  /** Paths by the name of the type. */
  readonly #types: ReadonlyMap<string, string>;

  constructor(ir: ServiceIr, packageName: string) {
    this.ir = ir;
    this.packageName = packageName;
    const { operations, shapes, errors } = ir.names;
    const functions = new Map([...operations].map(([id, names]) => [id, names.function]));
    this.#operations = paths("operations", functions);
    this.#shapes = paths("shapes", shapes);
    this.#errors = paths("errors", errors);
    const typed = [
      ...[...shapes].map(([id, name]) => [name, this.#shapes.get(id) ?? ""] as const),
      ...[...errors].map(([id, name]) => [name, this.#errors.get(id) ?? ""] as const),
    ];
    this.#types = new Map(typed);
  }

  get title(): string {
    return this.ir.title ?? this.ir.sdkId;
  }

  operationPath({ id }: OperationIr): string {
    return this.#operations.get(id) ?? "";
  }

  shapePath({ id }: ShapeIr): string {
    return this.#shapes.get(id) ?? "";
  }

  errorPath({ id }: StructureIr): string {
    return this.#errors.get(id) ?? "";
  }

  functionOf({ id }: OperationIr): string {
    return this.ir.names.operations.get(id)?.function ?? "";
  }

  typeOf(id: ShapeId): string {
    return this.ir.names.shapes.get(id) ?? "";
  }

  errorName({ id, name }: StructureIr): string {
    return this.ir.names.errors.get(id) ?? name;
  }

  /** TypeScript of a type, with links to the pages of its shapes. */
  type(text: string, base: string): Html {
    const parts = text.split(/([A-Za-z_$][\w$]*)/).map((part) => {
      const path = this.#types.get(part);
      return path === undefined ? html`${part}` : html`<a href="${base}${path}">${part}</a>`;
    });
    return html`${parts}`;
  }

  /** A link to an operation, by the name of its function. */
  operationLink(operation: OperationIr, base: string): Html {
    return html`<a href="${base}${this.operationPath(operation)}"
      ><code>${breakable(this.functionOf(operation))}</code></a
    >`;
  }

  shapeLink(shape: ShapeIr, base: string): Html {
    return html`<a href="${base}${this.shapePath(shape)}"><code>${breakable(this.typeOf(shape.id))}</code></a>`;
  }

  errorLink(error: StructureIr, base: string): Html {
    return html`<a href="${base}${this.errorPath(error)}"><code>${breakable(this.errorName(error))}</code></a>`;
  }
}

/** A name that may be broken between its words: `put|Bucket|Acl`. */
export function breakable(name: string): Html {
  return joinHtml(
    name.split(/(?<=[a-z\d])(?=[A-Z])/).map((word) => html`${word}`),
    "<wbr>",
  );
}

/** A page for each name. Two names that differ by case only are two files on every system. */
function paths(under: string, names: ReadonlyMap<ShapeId, string>): Map<ShapeId, string> {
  const taken = new Set<string>();
  return new Map([...names].map(([id, name]) => [id, `${under}/${fileName(name, taken)}.html`]));
}

/** Prefix of links on a page: from its folder to that of the reference. */
export function baseOf(path: string): string {
  return "../".repeat(path.split("/").length - 1);
}
