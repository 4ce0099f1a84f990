import { decode, Tagged } from "cborg";
import { expect } from "vitest";
import type { HttpRequest } from "#runtime/schema/http.js";
import type { RequestCase } from "./cases.js";
import { canonicalXml } from "./xml.js";

/** Compares what a client sent with what a request case expects, part by part. */
export function expectRequest(sent: HttpRequest, wanted: RequestCase): void {
  expect(sent.method, "method").toBe(wanted.method);
  expect(decodeURI(sent.path), "path").toBe(decodeURI(wanted.uri));
  if (wanted.resolvedHost) expect(new URL(sent.origin).host, "host").toBe(wanted.resolvedHost.split("/")[0]);

  const query = sent.query === "" ? [] : sent.query.split("&");
  const names = query.map((item) => item.split("=", 1)[0]);
  for (const item of wanted.queryParams ?? []) expect(query, "query").toContain(item);
  for (const name of wanted.forbidQueryParams ?? []) expect(names, "forbidden query").not.toContain(name);
  for (const name of wanted.requireQueryParams ?? []) expect(names, "required query").toContain(name);

  for (const [name, value] of Object.entries(wanted.headers ?? {})) {
    expect(sent.headers[name.toLowerCase()], `header ${name}`).toBe(value);
  }
  for (const name of wanted.forbidHeaders ?? []) expect(sent.headers).not.toHaveProperty([name.toLowerCase()]);
  for (const name of wanted.requireHeaders ?? []) {
    // The transport writes the length of the body that it is given.
    if (name.toLowerCase() === "content-length") expect(sent.body, "a body to take the length of").toBeDefined();
    else expect(sent.headers).toHaveProperty([name.toLowerCase()]);
  }

  if (wanted.body !== undefined) expectBody(sent, wanted.body, wanted.bodyMediaType);
}

function expectBody(sent: HttpRequest, wanted: string, mediaType: string | undefined): void {
  if (mediaType === "application/cbor") return expectCbor(sent, Buffer.from(wanted, "base64"));
  const text = typeof sent.body === "string" ? sent.body : Buffer.from(sent.body ?? []).toString("utf8");
  if (mediaType === "application/json" && wanted !== "") expect(JSON.parse(text), "body").toEqual(JSON.parse(wanted));
  else if (mediaType === "application/xml" && wanted !== "") {
    expect(canonicalXml(text), "body").toEqual(canonicalXml(wanted));
  } else if (mediaType === "application/x-www-form-urlencoded") expect(pairsOf(text), "body").toEqual(pairsOf(wanted));
  else expect(text, "body").toBe(wanted);
}

/** A form's pairs, still escaped: their order does not count, how each is escaped does. */
function pairsOf(form: string): string[] {
  return form.split("&").toSorted();
}

/** Lengths of lists and maps may be definite or not, and whole floats integers; tags count. */
function expectCbor(sent: HttpRequest, wanted: Uint8Array): void {
  if (wanted.byteLength === 0) return expect(sent.body, "body").toBeUndefined();
  const options = { tags: Tagged.preserve(1, 2, 3, 4) };
  expect(sent.body, "body").toBeInstanceOf(Uint8Array);
  expect(decode(sent.body as Uint8Array, options), "body").toEqual(decode(wanted, options));
}
