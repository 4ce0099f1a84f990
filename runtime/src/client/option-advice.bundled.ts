/** `option-advice.ts` in a bundle: advice on the names of other SDKs is needed while a program is written, not where it runs. */
export function adviceOn(_name: string): string | undefined {
  return undefined;
}
