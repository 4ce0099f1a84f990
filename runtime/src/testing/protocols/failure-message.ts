import type { ServiceModel } from "../../schema/service.js";
import type { StructureShape } from "../../schema/shapes.js";
import type { Failure } from "../rejection.js";

/** The message of an error under the name that its shape has for it; nothing if it has none. */
export function messageOf({ name, message, shape }: Failure): Readonly<Record<string, string>> {
  // Without a message, an error's is its name.
  if (message === "" || message === name) return {};
  return { [messageMember(shape) ?? "message"]: message };
}

export function messageMember(shape: StructureShape | undefined): string | undefined {
  return Object.keys(shape?.members ?? {}).find((name) => name.toLowerCase() === "message");
}

/** The name of an error with its namespace, in protocols that send it. */
export function qualifiedName(name: string, { server }: ServiceModel): string {
  return server?.namespace === undefined ? name : `${server.namespace}#${name}`;
}
