import { globals, keywords } from "../ir/reserved.js";
import type { Namer } from "./print-expression.js";
import type { Variable } from "./tree.js";

/** Every runtime symbol that compiled rules may name. */
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

/** Names for the code of one rule set; `symbols` fills with the runtime's symbols that were asked for. */
export class RuleNames implements Namer {
  readonly symbols = new Set<string>();
  readonly #locals = new Map<string, string>();
  readonly #taken: Set<string>;
  readonly #runtime: Readonly<Record<string, string>>;

  constructor(runtime: Readonly<Record<string, string>>, taken: readonly string[]) {
    this.#runtime = runtime;
    this.#taken = new Set([...taken, ...runtimeSymbols.map((symbol) => runtime[symbol] ?? symbol)]);
  }

  /** `Region` is `region`: one name for all variables of a name, since rules never see two of them. */
  local({ name }: Variable): string {
    const known = this.#locals.get(name);
    if (known !== undefined) return known;
    let local = name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
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
