import type { RequestEvents } from "../request.js";
import { Emitter } from "./emitter.js";

const key = Symbol.for("@clientsmith/runtime/classic/events");
const shared = globalThis as { [key]?: Emitter<RequestEvents<unknown>> };

/** Listeners of all requests, of whichever service; the same for every copy of this package in a process. */
export const events: Emitter<RequestEvents<unknown>> = (shared[key] ??= new Emitter());
