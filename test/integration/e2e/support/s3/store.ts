import { crc32 } from "node:zlib";

export interface StoredObject {
  readonly body: Buffer;
  readonly size: number;
  /** CRC-32 in base64; of an object in parts, that of their checksums with the number of parts. */
  readonly checksum: string;
}

interface Part {
  readonly body: Buffer;
  readonly checksum: string;
}

/** The objects of the server, by bucket and key. */
export class ObjectStore {
  readonly objects = new Map<string, StoredObject>();
  readonly #uploads = new Map<string, { readonly name: string; readonly parts: Map<number, Part> }>();

  beginUpload(name: string): string {
    const id = `upload-${this.#uploads.size + 1}`;
    this.#uploads.set(id, { name, parts: new Map() });
    return id;
  }

  putPart(id: string, number: number, body: Buffer, checksum: string): string {
    const upload = this.#uploads.get(id);
    if (!upload) throw new Error("NoSuchUpload");
    upload.parts.set(number, { body, checksum });
    return `"part-${number}"`;
  }

  complete(id: string, list: string): string {
    const upload = this.#uploads.get(id);
    const numbers = [...list.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map((match) => Number(match[1]));
    const parts = numbers.map((number) => upload?.parts.get(number));
    if (!upload || parts.length === 0 || parts.includes(undefined)) throw new Error("InvalidPart");
    const whole = parts.filter((part) => part !== undefined);
    const body = Buffer.concat(whole.map((part) => part.body));
    const sums = Buffer.concat(whole.map((part) => Buffer.from(part.checksum, "base64")));
    const composite = Buffer.alloc(4);
    composite.writeUInt32BE(crc32(sums));
    const checksum = `${composite.toString("base64")}-${whole.length}`;
    this.objects.set(upload.name, { body, size: body.length, checksum });
    this.#uploads.delete(id);
    return `"whole-${whole.length}"`;
  }
}

/** A page of `ListObjectsV2`. */
export function listPage({ objects }: ObjectStore, bucket: string, parameters: URLSearchParams): string {
  const prefix = parameters.get("prefix") ?? "";
  const size = Number(parameters.get("max-keys") ?? 1000);
  const after = parameters.get("continuation-token") ?? "";
  const keys = [...objects.keys()]
    .filter((name) => name.startsWith(`${bucket}/${prefix}`))
    .map((name) => name.slice(bucket.length + 1))
    .toSorted()
    .filter((key) => key > after);
  const page = keys.slice(0, size);
  const isTruncated = keys.length > size;
  return xml("ListBucketResult", {
    IsTruncated: String(isTruncated),
    KeyCount: String(page.length),
    ...(isTruncated && { NextContinuationToken: page.at(-1) ?? "" }),
    Contents: page.map((key) => ({ Key: key, Size: String(objects.get(`${bucket}/${key}`)?.size) })),
  });
}

type Fields = Readonly<Record<string, string | readonly Readonly<Record<string, string>>[]>>;

export function xml(root: string, fields: Fields): string {
  const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;
  const write = (values: Fields): string =>
    Object.entries(values)
      .flatMap(([name, value]) =>
        typeof value === "string" ? element(name, escape(value)) : value.map((each) => element(name, write(each))),
      )
      .join("");
  return element(root, write(fields));
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
