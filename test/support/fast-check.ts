/**
 * fast-check with a seed that stays the same, so that runs of the same code have the same outcome. With another seed:
 * `FAST_CHECK_SEED=$RANDOM npx vitest run`.
 */
import { configureGlobal } from "fast-check";

configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20_260_101) });

export * from "fast-check";
