/**
 * A local service for tests, made from the description in a generated package. Needs Node.
 *
 * Public: `@clientsmith/runtime/testing`.
 */
export { type LocalCredentials, testCredentials } from "./credentials.js";
export { type FailureLike } from "./rejection.js";
export type { Cut, Fault, RawResponse } from "./faults.js";
export type { Handler, HandlerInput, HandlerOutput, Handlers, RequestContext } from "./handlers.js";
export type { AcceptedIdentities } from "./identities/accepted.js";
export type { LocalLogin } from "./identities/login.js";
export type { TlsCertificate } from "./listener.js";
export type { InvalidInput, LocalServiceOptions } from "./options.js";
export { page, type Page, type PageOptions } from "./page.js";
export { paginated, type PaginatedOptions } from "./paginated.js";
export type { RecordedRequest } from "./record.js";
export { type LocalService, startLocalService } from "./service.js";
export { listIssues } from "./list-issues.js";
export type { ReceivedRequest } from "../signing/parse-signature.js";
