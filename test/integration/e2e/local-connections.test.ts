import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { serviceModel } from "clientsmith";
import { type LocalService, startLocalService } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import type { StreamingBody } from "#runtime/streams/types.js";
import { withoutAuth } from "../../conformance/support/server-suite.js";
import { sharedPath } from "../../support/shared.js";

const s3 = sharedPath("models/s3-2006-03-01.json");

/** How a handler deals with a body. */
const readers = {
  "reads it whole": async (body: StreamingBody) => {
    for await (const part of body) expect(part.byteLength).toBeGreaterThan(0);
  },
  "does not read it": () => Promise.resolve(),
  "reads a part of it": async (body: StreamingBody) => {
    for await (const part of body) {
      if (part.byteLength > 0) return;
    }
  },
  "fails while it reads it": async (body: StreamingBody) => {
    for await (const part of body) {
      throw Object.assign(new Error(`no room for ${part.byteLength} bytes`), { name: "SlowDown", status: 503 });
    }
  },
  "collects more bytes than are kept": (body: StreamingBody) => body.bytes(),
};

const chunked = "content-encoding: aws-chunked\r\nx-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\n";
const trailing = `${chunked}x-amz-trailer: x-amz-checksum-crc32\r\n`;
const hello = "5\r\nhello\r\n0\r\n";

describe.skipIf(!s3)("a connection to the local service", () => {
  type Reader = (body: StreamingBody) => Promise<unknown>;

  async function start(read: Reader = readers["reads it whole"]): Promise<LocalService & { bugs: unknown[] }> {
    const { model } = await serviceModel(readFileSync(s3 ?? "", "utf8"));
    const bugs: unknown[] = [];
    const local = await startLocalService({
      service: withoutAuth(model),
      handlers: { putObject: async ({ Body }: { Body: StreamingBody }) => (await read(Body), {}) } as object,
      onError: (error) => bugs.push(error),
    });
    onTestFinished(() => local.close());
    return Object.assign(local, { bugs });
  }

  const put = (length: number, headers = ""): string =>
    `PUT /bucket/key HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${length}\r\n${headers}\r\n`;

  /** Sends all on one connection, and returns the statuses of so many responses, and the connection's state. */
  async function send({ endpoint }: LocalService, count: number, ...parts: readonly (string | Buffer)[]) {
    const socket = connect(Number(new URL(endpoint).port), "127.0.0.1");
    let received = "";
    socket.setEncoding("latin1").on("data", (part: string) => (received += part));
    socket.on("error", () => {});
    for (const part of parts) socket.write(part);
    const statuses = (): number[] => [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
    await expect.poll(() => statuses().length === count || socket.destroyed, { timeout: 8_000 }).toBe(true);
    const isOpen = !socket.destroyed;
    socket.destroy();
    return { statuses: statuses(), isOpen };
  }

  it.each([
    ["reads it whole", 200],
    ["does not read it", 200],
    ["reads a part of it", 200],
    ["fails while it reads it", 503],
    ["collects more bytes than are kept", 413],
  ] as const)("takes the next request if the handler %s", async (reader, status) => {
    const local = await start(readers[reader]);
    const size = 20_000_000;
    const done = await send(local, 2, put(size), Buffer.alloc(size), put(0));
    expect(done).toEqual({ statuses: [status, 200], isOpen: true });
    expect(local.bugs).toEqual([]);
  });

  it.each([
    ["a wrong MD5", "content-md5: AAAAAAAAAAAAAAAAAAAAAA==\r\n", "hello", "BadDigest"],
    ["no chunk", chunked, `zz\r\n${"a".repeat(5_000_000)}`, "IncompleteBody"],
    ["a negative length", chunked, "-1\r\nhello", "IncompleteBody"],
    ["a length without limit", chunked, `${"f".repeat(30)}\r\nhello`, "IncompleteBody"],
    ["another length", `${chunked}x-amz-decoded-content-length: 4\r\n`, `${hello}\r\n`, "IncompleteBody"],
    ["an invalid length", `${chunked}x-amz-decoded-content-length: x\r\n`, `${hello}\r\n`, "IncompleteBody"],
    ["a line after the end", chunked, `${hello}\r\nmore`, "IncompleteBody"],
    ["a wrong trailer", trailing, `${hello}x-amz-checksum-crc32:AAAAAA==\r\n\r\n`, "BadDigest"],
    ["no trailer", trailing, `${hello}\r\n`, "MalformedTrailerError"],
    [
      "a trailer that is not announced",
      chunked,
      `${hello}x-amz-checksum-crc32:NhCmhg==\r\n\r\n`,
      "MalformedTrailerError",
    ],
    [
      "a trailer twice",
      trailing,
      `${hello}x-amz-checksum-crc32:AAAAAA==\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n`,
      "MalformedTrailerError",
    ],
    [
      "signatures that are not verified",
      chunked.replace("UNSIGNED-PAYLOAD-TRAILER", "AWS4-ECDSA-P256-SHA256-PAYLOAD"),
      `${hello}\r\n`,
      "InvalidArgument",
    ],
    [
      "an unknown algorithm",
      `${chunked}x-amz-trailer: x-amz-checksum-crc1\r\n`,
      `${hello}x-amz-checksum-crc1:AAAAAA==\r\n\r\n`,
      "InvalidRequest",
    ],
  ])("takes the next request after a body with %s", async (_what, headers, body, error) => {
    const local = await start();
    const done = await send(local, 2, put(body.length, headers), body, put(0));
    expect(done).toEqual({ statuses: [400, 200], isOpen: true });
    expect(local.requests.map((request) => request.error)).toEqual([error, undefined]);
    expect(local.bugs).toEqual([]);
  });

  it("is closed after what is not HTTP, and the service continues", async () => {
    const local = await start();
    expect(await send(local, 1, "hello\r\n\r\n")).toMatchObject({ statuses: [400] });
    expect(await send(local, 1, "GET / HTTP/1.1\r\nhost: x\r\nno header\r\n\r\n")).toMatchObject({ statuses: [400] });
    expect(await send(local, 2, put(3), "abc", put(0))).toEqual({ statuses: [200, 200], isOpen: true });
  });

  it("passes Content-Encoding on as the caller set it", async () => {
    const local = await start();
    await send(local, 1, put(15, chunked.replace("aws-chunked", "aws-chunked, br")), `${hello}\r\n`);
    await send(local, 1, put(15, chunked), `${hello}\r\n`);
    expect(local.requests.map(({ input }) => (input as { ContentEncoding?: string }).ContentEncoding)).toEqual([
      "br",
      undefined,
    ]);
  });
});
