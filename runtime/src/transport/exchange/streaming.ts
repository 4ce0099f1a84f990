/** What bodies need that come in parts, in either direction. Loaded with the first of them. */
export { StreamedRequest } from "./streamed-request.js";
export { StreamedResponse } from "./streamed-response.js";
