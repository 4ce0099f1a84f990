import { bucketRegion } from "../../features/bucket-region.js";
import type { Operation } from "../../schema/service.js";
import type { StructureShape } from "../../schema/shapes.js";

const credentials: StructureShape = {
  type: "structure",
  name: "SessionCredentials",
  members: {
    AccessKeyId: { type: "string" },
    SecretAccessKey: { type: "string", sensitive: true },
    SessionToken: { type: "string", sensitive: true },
    Expiration: { type: "timestamp" },
  },
};

/**
 * `CreateSession` as far as a session needs it. The modelled operation has settings that no session is created with, and
 * would be in the bundle of every operation of S3.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html
 */
export const createSession: Operation = {
  name: "CreateSession",
  input: {
    type: "structure",
    name: "CreateSessionRequest",
    members: { Bucket: { type: "string", required: true, httpLabel: true } },
  },
  output: {
    type: "structure",
    name: "CreateSessionOutput",
    members: { Credentials: { target: credentials } },
    xmlName: "CreateSessionResult",
  },
  http: { method: "GET", uri: "?session", code: 200 },
  staticContextParams: { DisableS3ExpressSessionAuth: true },
  contextParams: { Bucket: "Bucket" },
  features: [/* @__PURE__ */ bucketRegion(["AuthorizationHeaderMalformed", "IllegalLocationConstraintException"])],
};
