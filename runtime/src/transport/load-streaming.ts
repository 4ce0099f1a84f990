import type { HttpRequest } from "./types.js";

/** @throws ConnectionError where it cannot be loaded: the process may open no more files, say */
export async function loadStreaming(request: HttpRequest): Promise<typeof import("./streaming.js")> {
  try {
    return await import("./streaming.js");
  } catch (error) {
    const { notSentError } = await import("./failure.js");
    throw notSentError(request, error, undefined, "what sends and reads streams could not be loaded");
  }
}
