import { codegenSymbols } from "@clientsmith/runtime/symbols";

/** A protocol, or the function of a feature or auth scheme, which generated code would import. */
interface Part {
  readonly symbol: string;
  /** Package that exports it. Default: the runtime. */
  readonly module?: string | undefined;
}

/** Imports the parts that a service needs from the runtime and other packages, by symbol. */
export async function loadParts(parts: readonly Part[]): Promise<ReadonlyMap<string, unknown>> {
  const wanted = new Map(parts.map((part) => [part.symbol, part]));
  return new Map(await Promise.all([...wanted.values()].map(async (part) => [part.symbol, await load(part)] as const)));
}

async function load({ symbol, module }: Part): Promise<unknown> {
  const from = codegenSymbols[symbol]?.from;
  if (module === undefined && from === undefined) throw new Error(`The runtime exports no ${symbol}`);
  const exported = (await import(module ?? `@clientsmith/runtime/${from}`)) as Readonly<Record<string, unknown>>;
  return exported[symbol];
}

/** Creates a feature or auth scheme of a descriptor. */
export function makePart(parts: ReadonlyMap<string, unknown>, symbol: string, parameters: readonly unknown[]): unknown {
  return (parts.get(symbol) as (...given: readonly unknown[]) => unknown)(...parameters);
}
