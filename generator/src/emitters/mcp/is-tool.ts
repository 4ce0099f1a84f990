import type { OperationIr } from "../../plugin.js";

/** Whether a program can call it with one JSON text: an input with events is not complete when the call starts. */
export function isTool({ input }: OperationIr): boolean {
  return input?.members.every(({ eventStream }) => !eventStream) ?? true;
}
