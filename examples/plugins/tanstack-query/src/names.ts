import type { OperationIr, ServiceIr } from "clientsmith/plugin";

/** What the module exports for an operation. */
export interface OptionNames {
  /** Undefined if the operation changes something, or its input or output cannot be cached. */
  readonly query: string | undefined;
  /** Undefined if the operation has no paginator. */
  readonly infiniteQuery: string | undefined;
  /** Undefined if the operation only reads. */
  readonly mutation: string | undefined;
}

/** Names of the exported functions. A name that the package has already gets the prefix `_`. */
export class Namer {
  readonly #names = new Map<string, OptionNames>();

  constructor(ir: ServiceIr) {
    const taken = new Set([
      ...ir.names.shapes.values(),
      ...ir.names.errors.values(),
      ...[...ir.names.operations.values()].flatMap((names) => [names.function, names.failure, names.paginate]),
    ]);
    const claim = (wanted: string): string => {
      let name = wanted;
      while (taken.has(name)) name = `_${name}`;
      taken.add(name);
      return name;
    };
    for (const operation of ir.operations) {
      const name = ir.names.operations.get(operation.id)?.function ?? "";
      const isCacheable = (operation.readonly || operation.pagination !== undefined) && !hasUncacheable(operation, ir);
      this.#names.set(operation.id, {
        query: isCacheable ? claim(`${name}Query`) : undefined,
        infiniteQuery: isCacheable && operation.pagination ? claim(`${name}InfiniteQuery`) : undefined,
        mutation: operation.readonly || operation.pagination ? undefined : claim(`${name}Mutation`),
      });
    }
  }

  of({ id }: OperationIr): OptionNames {
    return this.#names.get(id) ?? { query: undefined, infiniteQuery: undefined, mutation: undefined };
  }
}

/** A stream is read once, so that no cache can hold it. A key is compared as JSON, which has no big integers. */
function hasUncacheable({ input, output }: OperationIr, ir: ServiceIr): boolean {
  const isStream = (shape: OperationIr["input"]): boolean =>
    shape?.members.some(({ streaming, eventStream }) => streaming || eventStream) ?? false;
  if (isStream(input) || isStream(output)) return true;
  const seen = new Set<string>();
  const open = input ? [input.id] : [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const shape = ir.shapes.get(id);
    // Lists and maps contain types of members, too.
    if (shape && JSON.stringify(shape).includes('"type":"bigInteger"')) return true;
    open.push(...(ir.references.get(id) ?? []));
  }
  return false;
}
