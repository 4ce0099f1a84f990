/** `unpausable.ts` for platforms whose `fetch` is not Node's: every response can be paused. */
export function isUnpausable(): boolean {
  return false;
}
