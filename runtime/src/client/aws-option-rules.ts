import type { ClientOptions } from "../config/options.js";
import type { OptionRule } from "./check-options.js";
import { flag, isNumberFrom, plainOptionRules } from "./option-rules.js";

/** Options of a client of AWS. */
export const clientOptionRules: Readonly<Record<keyof ClientOptions, OptionRule | undefined>> = {
  region: undefined,
  credentials: undefined,
  ...plainOptionRules,
  useFipsEndpoint: flag,
  useDualstackEndpoint: flag,
  systemClockOffset: ["a number of milliseconds", (value) => isNumberFrom(-1e14, value) && Number(value) <= 1e14],
};
