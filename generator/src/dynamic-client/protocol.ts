import type { Protocol } from "@clientsmith/runtime/protocol";
import type { ProtocolSupport } from "../ir/ir.js";

/** By the symbol that generated code imports; each brings its parser only. */
const loaders: Readonly<Record<string, () => Promise<Protocol>>> = {
  awsJson1_0: async () => (await import("@clientsmith/runtime/protocols/awsJson")).awsJson1_0,
  awsJson1_1: async () => (await import("@clientsmith/runtime/protocols/awsJson")).awsJson1_1,
  restJson1: async () => (await import("@clientsmith/runtime/protocols/restJson")).restJson1,
  rpcv2Cbor: async () => (await import("@clientsmith/runtime/protocols/rpcv2Cbor")).rpcv2Cbor,
  restXml: async () => (await import("@clientsmith/runtime/protocols/restXml")).restXml,
  awsQuery: async () => (await import("@clientsmith/runtime/protocols/awsQuery")).awsQuery,
  ec2Query: async () => (await import("@clientsmith/runtime/protocols/ec2Query")).ec2Query,
};

/** The runtime's constant for a protocol. */
export async function loadProtocol({ id, symbol }: ProtocolSupport): Promise<Protocol> {
  const load = Object.hasOwn(loaders, symbol) ? loaders[symbol] : undefined;
  if (!load) throw new Error(`The runtime has no protocol ${id}`);
  return load();
}
