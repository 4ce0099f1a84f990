/** `option-advice.ts` in a bundle: advice on option names of other SDKs is needed during development only. */
export function adviceOn(_name: string, _known: readonly string[]): string | undefined {
  return undefined;
}
