import { type LocalService, startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { signAsymmetric } from "#runtime/signing/sigv4a.js";
import { call, NotesModel } from "../../unit/runtime/testing/support.js";

describe("a signature of version 4A", () => {
  const start = async (): Promise<LocalService> => {
    const local = await startLocalService({ service: NotesModel, handlers: { deleteNote: () => ({}) } });
    onTestFinished(() => local.close());
    return local;
  };

  type Change = (headers: Record<string, string>) => void;

  it.each<[string, Change | undefined, Date, string | undefined]>([
    ["is accepted", undefined, new Date(), undefined],
    ["of four minutes ago is accepted", undefined, new Date(Date.now() - 240_000), undefined],
    ["of six minutes ago is rejected", undefined, new Date(Date.now() - 360_000), "InvalidSignatureException"],
    ["of six minutes ahead is rejected", undefined, new Date(Date.now() + 360_000), "InvalidSignatureException"],
    [
      "that was changed is rejected",
      (headers) => (headers["authorization"] = String(headers["authorization"]).replace(/.{4}$/, "0000")),
      new Date(),
      "InvalidSignatureException",
    ],
    [
      "that is no signature is rejected",
      (headers) =>
        (headers["authorization"] = String(headers["authorization"]).replace(/Signature=.*/, "Signature=zz")),
      new Date(),
      "InvalidSignatureException",
    ],
    [
      "for other Regions is rejected",
      (headers) => (headers["x-amz-region-set"] = "us-east-1"),
      new Date(),
      "InvalidSignatureException",
    ],
    [
      "for no Region is rejected",
      (headers) => delete headers["x-amz-region-set"],
      new Date(),
      "InvalidSignatureException",
    ],
  ])("%s", async (_what, change, date, error) => {
    const local = await start();
    const { host } = new URL(local.endpoint);
    const body = '{"Id":"n1"}';
    const request = {
      method: "POST",
      origin: local.endpoint,
      path: "/",
      query: "",
      headers: { host, "content-type": "application/x-amz-json-1.1", "x-amz-target": "Notes_20200101.DeleteNote" },
      body,
    };
    const signed = await signAsymmetric(request, {
      credentials: testCredentials,
      regionSet: ["*"],
      service: "notes",
      date,
    });
    const headers: Record<string, string> = { ...signed.headers };
    change?.(headers);
    const { host: _host, ...sent } = headers;
    const response = await fetch(local.endpoint, { method: "POST", headers: sent, body });
    expect([response.status, local.requests[0]?.error]).toEqual([error === undefined ? 200 : 400, error]);
    // The next request is handled as usual.
    expect((await call(local.endpoint, "DeleteNote", { Id: "n1" })).status).toBe(200);
  });
});
