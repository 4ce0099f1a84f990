import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { fileLength } from "#runtime/streams/file-length.js";

const folder = mkdtempSync(join(tmpdir(), "file-length-"));
const file = join(folder, "ten");
writeFileSync(file, "0123456789");
afterAll(() => rmSync(folder, { recursive: true }));

describe("the length of a stream that reads a file", () => {
  it.each([
    [undefined, 10],
    [{ start: 3 }, 7],
    [{ end: 3 }, 4],
    [{ start: 2, end: 4 }, 3],
    [{ start: 8, end: 99 }, 2],
    [{ start: 99 }, 0],
    [{ encoding: "utf8" }, 10],
  ] as const)("is that of what it reads: %j", async (options, length) => {
    const stream = createReadStream(file, options);
    expect(await fileLength(stream)).toBe(length);
    let read = 0;
    for await (const part of stream) read += Buffer.byteLength(part as Buffer);
    expect(read).toBe(length);
  });

  it("is unknown for a consumed body, and where text is given that is written otherwise", async () => {
    const started = createReadStream(file, { highWaterMark: 4 });
    for await (const part of started.iterator({ destroyOnReturn: false })) {
      expect(part).toHaveLength(4);
      break;
    }
    expect(await fileLength(started)).toBeUndefined();
    started.destroy();
    const inHex = createReadStream(file, { encoding: "hex" });
    expect(await fileLength(inHex)).toBeUndefined();
    inHex.destroy();
  });

  it("is unknown for other streams, and for what is no file", async () => {
    expect(await fileLength(Readable.from(["a"]))).toBeUndefined();
    expect(await fileLength(new Blob(["a"]))).toBeUndefined();
    for (const path of [folder, join(folder, "missing")]) {
      const stream = createReadStream(path);
      stream.on("error", () => {});
      expect(await fileLength(stream)).toBeUndefined();
    }
  });
});
