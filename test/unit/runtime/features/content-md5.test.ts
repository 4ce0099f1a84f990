import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { contentMd5 } from "#runtime/features/content-md5.js";
import { treeHash } from "#runtime/features/tree-hash.js";
import { RequestStream } from "#runtime/streams/request-stream.js";
import { messageBy, messageOf, putThing } from "./support.js";

const md5 = (text: string): string => createHash("md5").update(text).digest("base64");

describe("content-md5", () => {
  it("is the MD5 of the body, also of an empty one", async () => {
    for (const [body, text] of [
      ["Hello", "Hello"],
      [new Uint8Array(), ""],
      [undefined, ""],
    ] as const) {
      const { headers } = await messageBy(contentMd5(), putThing, messageOf({ body }));
      expect(headers).toEqual({ "content-md5": md5(text) });
    }
  });

  it("is left to a caller that gives it", async () => {
    const message = messageOf({ body: "Hello", headers: { "content-md5": "given" } });
    expect(await messageBy(contentMd5(), putThing, message)).toBe(message);
  });

  it("of a Blob is computed before the body is sent, which is read again then", async () => {
    const stream = new RequestStream(new Blob(["Hello"]));
    const message = await messageBy(contentMd5(), putThing, messageOf({ stream }));
    expect(message.headers["content-md5"]).toBe(md5("Hello"));
    expect(await new Response(ReadableStream.from(message.stream ?? [])).text()).toBe("Hello");
  });

  it.each([contentMd5(), treeHash()])(
    "as $name is rejected for a stream that can be read once only",
    async (feature) => {
      const source = ReadableStream.from([new Uint8Array(1)]);
      const sent = messageBy(feature, putThing, messageOf({ stream: new RequestStream(source) }));
      await expect(sent).rejects.toMatchObject({
        code: "Configuration",
        message: expect.stringContaining("PutThing sends a checksum before its body") as unknown,
      });
    },
  );
});
