import { codegenSymbols } from "@clientsmith/runtime/symbols";

/** A protocol, or the function of a feature or auth scheme, which generated code would import. */
interface Part {
  readonly symbol: string;
  /** Package that exports it. Default: the runtime. */
  readonly module?: string | undefined;
}

/** Imports a package by its name. */
export type ImportModule = (module: string) => Promise<object>;

/** Imports the parts that a service needs from the runtime and other packages, by symbol. */
export async function loadParts(
  parts: readonly Part[],
  importModule: ImportModule = importFromHere,
): Promise<ReadonlyMap<string, unknown>> {
  const wanted = new Map(parts.map((part) => [part.symbol, part]));
  const loading = [...wanted.values()].map(async (part) => [part.symbol, await load(part, importModule)] as const);
  return new Map(await Promise.all(loading));
}

async function load({ symbol, module }: Part, importModule: ImportModule): Promise<unknown> {
  if (module !== undefined) return exportOf(await importModule(module), symbol, module);
  const known = Object.hasOwn(codegenSymbols, symbol) ? codegenSymbols[symbol] : undefined;
  if (!known) throw new Error(`The runtime exports no ${symbol}`);
  const { from, name = symbol } = known;
  return exportOf(await importFromHere(`@clientsmith/runtime/${from}`), name, from);
}

function exportOf(exported: object, symbol: string, module: string): unknown {
  if (!Object.hasOwn(exported, symbol)) throw new Error(`${module} exports no ${symbol}`);
  return exported[symbol as keyof typeof exported];
}

function importFromHere(module: string): Promise<object> {
  return import(module) as Promise<object>;
}

/** Creates a feature or auth scheme of a descriptor. */
export function makePart(parts: ReadonlyMap<string, unknown>, symbol: string, parameters: readonly unknown[]): unknown {
  return (parts.get(symbol) as (...given: readonly unknown[]) => unknown)(...parameters);
}
