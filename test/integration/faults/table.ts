import type { Fault } from "./fault.js";
import { responses } from "./table/responses.js";
import { connecting } from "./table/connecting.js";
import { ending } from "./table/ending.js";
import { recovering } from "./table/recovering.js";

/** The faults, by what they strike, in the order of the page. */
export const groups: Readonly<Record<string, readonly Fault[]>> = {
  Connecting: connecting,
  "The response": responses,
  "What can be recovered": recovering,
  "Ended from outside": ending,
};

export const faults: readonly Fault[] = Object.values(groups).flat();
