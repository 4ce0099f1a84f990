import { globals, keywords } from "../ir/reserved.js";
import { lowerCamel } from "../text/lower-camel.js";
import type { Namer } from "./print-expression.js";
import type { Variable } from "./tree.js";

/** Runtime symbols that compiled rules may use. */
export const runtimeSymbols = [
  "Endpoint",
  "EndpointError",
  "EndpointParameters",
  "endpointParameter",
  "isValidHostLabel",
  "isVirtualHostableS3Bucket",
  "parseArn",
  "parseURL",
  "partitionOf",
  "requiredEndpointParameter",
  "split",
  "substring",
  "uriEncode",
] as const;

/** Names in the code of one rule set. `symbols` collects the runtime symbols that are used. */
export class RuleNames implements Namer {
  readonly symbols = new Set<string>();
  readonly #locals = new Map<string, string>();
  readonly #taken: Set<string>;
  readonly #runtime: Readonly<Record<string, string>>;

  constructor(runtime: Readonly<Record<string, string>>, taken: readonly string[]) {
    this.#runtime = runtime;
    this.#taken = new Set([...taken, ...runtimeSymbols.map((symbol) => runtime[symbol] ?? symbol)]);
  }

  /** `Region` → `region`. Variables of one name share it, because rules never see two of them. */
  local({ name }: Variable): string {
    const known = this.#locals.get(name);
    if (known !== undefined) return known;
    let local = lowerCamel(name);
    while (this.#taken.has(local) || keywords.has(local) || globals.has(local)) local = `_${local}`;
    this.#taken.add(local);
    this.#locals.set(name, local);
    return local;
  }

  runtime(symbol: string): string {
    this.symbols.add(symbol);
    return this.#runtime[symbol] ?? symbol;
  }
}
