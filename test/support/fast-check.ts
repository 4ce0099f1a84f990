/**
 * fast-check with a seed that stays the same, so that a run says the same about the same code. To look further:
 * `FAST_CHECK_SEED=$RANDOM npx vitest run`.
 */
import { configureGlobal } from "fast-check";

configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20_260_101) });

export * from "fast-check";
