import type { Operation } from "../schema/service.js";
import type { Member } from "../schema/shapes.js";

export function hasFeature({ features = [] }: Operation, name: string): boolean {
  return features.some((feature) => feature.name === name);
}

/** Whether the operation's input has a streaming body, which its handler reads. */
export function streamsInput({ input }: Operation): boolean {
  return Object.values(input.members).some(isStreaming);
}

function isStreaming(member: Member): boolean {
  return "streaming" in member && member.streaming === true;
}
