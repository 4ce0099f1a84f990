import { describe, expect, it } from "vitest";
import { deriveSigningKey } from "#runtime/signing/key.js";
import { decodeChunks } from "#runtime/testing/body/aws-chunked.js";
import { ChunkSignatures } from "#runtime/testing/body/chunk-signatures.js";
import { testCredentials } from "#runtime/testing/index.js";

const scope = "20130524/us-east-1/s3/aws4_request";
const key = deriveSigningKey(testCredentials.secretAccessKey, scope);

/** The parts of a body, cut at every `size` bytes. */
async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function decode(
  text: string,
  options: Partial<Parameters<typeof decodeChunks>[1]> & { readonly size?: number } = {},
): Promise<{ body: string; trailers: Record<string, string> }> {
  let trailers: ReadonlyMap<string, string> = new Map();
  const parts: Uint8Array[] = [];
  const body = decodeChunks(cut(text, options.size ?? text.length), {
    decodedLength: undefined,
    signatures: undefined,
    trailers: [],
    onTrailers: (received) => (trailers = received),
    ...options,
  });
  for await (const part of body) parts.push(part);
  return { body: Buffer.concat(parts).toString(), trailers: Object.fromEntries(trailers) };
}

const signed = (signature: string): ChunkSignatures =>
  new ChunkSignatures({ signature, signingDate: "20130524T000000Z", scope, key });

describe("a body with the content encoding aws-chunked", () => {
  const text = "5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";

  it.each([1, 2, 3, 7, 1000])("is decoded from parts of %i bytes", async (size) => {
    const trailers = { "x-amz-checksum-crc32": "DUoRhQ==" };
    expect(await decode(text, { size, trailers: Object.keys(trailers), decodedLength: 11 })).toEqual({
      body: "hello world",
      trailers,
    });
    expect(await decode("0\r\n\r\n", { size })).toEqual({ body: "", trailers: {} });
  });

  it("is rejected wherever it is cut off", async () => {
    const end = text.indexOf("x-amz");
    for (let length = 0; length < end + 2; length++) {
      const broken = decode(text.slice(0, length), { trailers: ["x-amz-checksum-crc32"] });
      await expect(broken, String(length)).rejects.toMatchObject({
        status: 400,
        name: expect.stringMatching(/IncompleteBody|MalformedTrailerError/) as string,
      });
    }
  });

  it.each([
    ["a chunk that is longer than declared", "3\r\nhello\r\n0\r\n\r\n", {}, "IncompleteBody"],
    ["no number in place of a length", "five\r\nhello\r\n0\r\n\r\n", {}, "IncompleteBody"],
    ["another length than declared", text, { decodedLength: 12 }, "IncompleteBody"],
    [
      "an announced trailer that is missing",
      "0\r\n\r\n",
      { trailers: ["x-amz-checksum-sha1"] },
      "MalformedTrailerError",
    ],
    ["a line without an end", "5".repeat(10_000), {}, "IncompleteBody"],
  ])("is rejected for %s", async (_what, broken, options, name) => {
    await expect(decode(broken, options)).rejects.toMatchObject({ name, status: 400 });
  });
});

/** The signatures are those of AWS's documentation: an object of 65 KiB, in chunks of 64 KiB. */
describe("signed chunks", () => {
  const chunk = (length: number, signature: string): string =>
    `${length.toString(16)};chunk-signature=${signature}\r\n${"a".repeat(length)}\r\n`;
  const seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
  const signatures = [
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
  ];
  const body = [65_536, 1024, 0].map((length, index) => chunk(length, signatures[index] ?? "")).join("");

  it("are verified one by one", async () => {
    const decoded = await decode(body, { signatures: signed(seed), decodedLength: 66_560, size: 10_000 });
    expect(decoded.body).toBe("a".repeat(66_560));
  });

  it("are rejected if a byte of a chunk, a signature or the seed is another, or a signature is missing", async () => {
    const broken = [
      body.replace("aaa", "aab"),
      body.replace("0055627c", "1055627c"),
      body.replace("b6c6ea8a", "c6c6ea8a"),
      body.replace(/;chunk-signature=0055\w+/, ""),
    ];
    for (const each of broken) {
      await expect(decode(each, { signatures: signed(seed) })).rejects.toMatchObject({
        name: "SignatureDoesNotMatch",
        status: 403,
      });
    }
    await expect(decode(body, { signatures: signed(seed.replace("4", "5")) })).rejects.toThrow(/does not match/);
  });

  it("may be followed by a signed trailer", async () => {
    const first = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
    const trailed = [
      chunk(65_536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"),
      chunk(1024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"),
      "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n",
      "x-amz-checksum-crc32c:sOO8/Q==\r\n",
      "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n",
    ].join("");
    const options = () => ({ signatures: signed(first), trailers: ["x-amz-checksum-crc32c"] });
    expect((await decode(trailed, options())).trailers).toEqual({ "x-amz-checksum-crc32c": "sOO8/Q==" });
    await expect(decode(trailed.replace("sOO8", "sOO9"), options())).rejects.toMatchObject({
      name: "SignatureDoesNotMatch",
    });
  });
});
