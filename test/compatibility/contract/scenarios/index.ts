import type { Scenario } from "../scenario.js";
import { calls } from "./calls.js";
import { configuration } from "./configuration.js";
import { errors } from "./errors.js";
import { events } from "./events.js";
import { idioms } from "./idioms.js";
import { pages } from "./pages.js";
import { params } from "./params.js";
import { retries } from "./retries.js";

/** All scenarios, by the file beside this one that they are in. */
export const scenarios: Readonly<Record<string, readonly Scenario[]>> = {
  calls,
  configuration,
  errors,
  events,
  idioms,
  pages,
  params,
  retries,
};
