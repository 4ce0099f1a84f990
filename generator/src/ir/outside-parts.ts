import type { ServiceIr } from "./ir.js";

/** What generated code imports from the package of a plug-in. */
export interface OutsidePart {
  /** Name of the export. */
  readonly symbol: string;
  readonly module: string;
  readonly typeOnly: boolean;
}

/** The protocol, auth schemes and features of a service that are exported by packages of plug-ins. */
export function outsideParts({ protocol, authSchemes, operations }: ServiceIr): OutsidePart[] {
  const parts: OutsidePart[] = [];
  const add = (symbol: string, module: string | undefined, typeOnly = false): void => {
    if (module !== undefined) parts.push({ symbol, module, typeOnly });
  };
  add(protocol.symbol, protocol.module);
  for (const { symbol, module, options } of [authSchemes, ...operations.map((each) => each.authSchemes ?? [])].flat()) {
    add(symbol, module);
    if (options) add(options.type, module, true);
  }
  for (const { symbol, module } of operations.flatMap((operation) => operation.features)) add(symbol, module);
  return parts;
}
