/** Requests of operations, signed for others to send. */
export { presign, type PresignedRequest, type PresignOptions } from "./presign.js";
