import { expect, it } from "vitest";
import { blobBody } from "#runtime/streams/blob-body.js";
import * as web from "#runtime/streams/blob-body.web.js";

it("a Blob is read in parts as it is sent, but sent as bytes where streams cannot be", async () => {
  const blob = new Blob(["te", "xt"]);
  expect(await blobBody(blob)).toBe(blob);
  expect(await web.blobBody(blob)).toEqual(new TextEncoder().encode("text"));
});
