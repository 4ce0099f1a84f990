import { createSign, generateKeyPairSync, randomBytes } from "node:crypto";

/** A key and a certificate that it signed itself, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for `localhost` and 127.0.0.1, valid for this hour. Node makes none, and OpenSSL may not be installed. */
export function makeCertificate(now = Date.now()): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const hour = 3_600_000;
  const signedBy = sequence(oid("1.2.840.10045.4.3.2"));
  const name = sequence(tlv(0x31, sequence(oid("2.5.4.3"), tlv(0x0c, Buffer.from("localhost")))));
  const names = sequence(tlv(0x82, Buffer.from("localhost")), tlv(0x87, Buffer.from([127, 0, 0, 1])));
  const isAuthority = sequence(tlv(0x01, Buffer.from([0xff])));
  const content = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    signedBy,
    name,
    sequence(time(now - hour), time(now + hour)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(extension("2.5.29.17", names), extension("2.5.29.19", isAuthority))),
  );
  const signature = createSign("sha256").update(content).sign(privateKey);
  const der = sequence(content, signedBy, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
  };
}

/** Tag, length and content, as DER encodes them. */
function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, Buffer.concat(parts));

const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), tlv(0x04, value));

/** `YYMMDDhhmmssZ` */
const time = (milliseconds: number): Buffer =>
  tlv(0x17, Buffer.from(`${new Date(milliseconds).toISOString().replaceAll(/\D/g, "").slice(2, 14)}Z`));

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...others] = text.split(".").map(Number);
  const digits = (number: number): number[] => {
    const groups = [number & 127];
    for (let rest = number >> 7; rest > 0; rest >>= 7) groups.unshift((rest & 127) | 128);
    return groups;
  };
  return tlv(0x06, Buffer.from([first * 40 + second, ...others.flatMap(digits)]));
}
