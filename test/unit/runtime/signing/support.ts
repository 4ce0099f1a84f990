import type { SigningOptions } from "#runtime/signing/types.js";
import type { HttpRequest } from "#runtime/schema/http.js";

export const credentials = { accessKeyId: "AKIDTEST", secretAccessKey: "test/secret+key" };
export const temporary = { ...credentials, sessionToken: "token/with+signs==" };

export const options: SigningOptions = {
  credentials,
  region: "eu-central-1",
  service: "cloudtrail",
  date: new Date("2026-03-04T05:06:07.890Z"),
};

/** A call as the client makes it. */
export const call: HttpRequest = {
  method: "POST",
  origin: "https://cloudtrail.eu-central-1.amazonaws.com",
  path: "/",
  query: "",
  headers: {
    host: "cloudtrail.eu-central-1.amazonaws.com",
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "CloudTrail_20131101.GetTrail",
    "user-agent": "test",
  },
  body: '{"Name":"zürich"}',
};
