/** `option-advice.ts` in a bundle: advice on option names of other SDKs is needed during development only. */
export function adviceOn(_name: string): string | undefined {
  return undefined;
}
