import { oncePer } from "./once.js";
import type { Operation } from "./operation.js";
import { type Member, type StructureShape, targetOf, type UnionShape } from "./shapes.js";

export type Direction = "input" | "output";

/** Whether a member that is not set is filled: with its default, or in an output with the zero of its type. */
export function isFilledMember(member: Member, direction: Direction): boolean {
  if (member.default !== undefined) return true;
  return direction === "output" && member.required === true && !member.clientOptional;
}

/** Whether something is to be filled somewhere in a value of the shape: most shapes have nothing. */
export function isFilled(shape: StructureShape | UnionShape, direction: Direction): boolean {
  return known[direction](shape).any;
}

/** Whether anything that the operation sends or reads is to be filled. */
export function fills({ input, output, errors = [] }: Operation): boolean {
  const answers = [output, ...errors.map(({ shape }) => shape)];
  return isFilled(input, "input") || answers.some((shape) => isFilled(shape, "output"));
}

/** What lists and maps hold in the end. */
export function innermost(member: Member): Member {
  if ("type" in member && member.type === "list") return innermost(member.member);
  if ("type" in member && member.type === "map") return innermost(member.value);
  return member;
}

const known = { input: looking("input"), output: looking("output") };

function looking(direction: Direction) {
  return oncePer((shape: StructureShape | UnionShape): { readonly any: boolean } => {
    const reached = new Set([shape]);
    // A set goes on to what is added while it is walked.
    for (const { members } of reached) {
      for (const member of Object.values(members)) {
        if (isFilledMember(member, direction)) return { any: true };
        const inner = innermost(member);
        if ("target" in inner) reached.add(targetOf(inner));
      }
    }
    return { any: false };
  });
}
