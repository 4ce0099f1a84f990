import { isServiceError } from "@clientsmith/runtime";
import { expect } from "vitest";
import type { Call } from "./calls.js";

/** The members of the output, without what there is to say of the call. */
export function modelled({ output, error }: Call): object {
  if (error) throw error;
  const { $metadata, ...members } = output ?? {};
  expect($metadata).toBeDefined();
  return members;
}

/** What an error says in either client, under the names of ours. */
export function ourFacts(error: unknown, withId = true): object {
  if (!isServiceError(error)) throw error;
  const { name, message, fault, status, requestId } = error;
  return { name, message, fault, status, ...(withId && { requestId }) };
}

export function theirFacts(error: unknown, withId = true): object {
  const { name, message, $fault, $metadata } = error as Error & {
    $fault: string;
    $metadata: { httpStatusCode: number; requestId: string };
  };
  const { httpStatusCode: status, requestId } = $metadata;
  return { name, message, fault: $fault, status, ...(withId && { requestId }) };
}
