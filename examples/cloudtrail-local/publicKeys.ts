import { createHash } from "node:crypto";
import { InvalidTimeRangeException, InvalidTokenException } from "@clientsmith/cloudtrail";
import type { Account } from "./account.js";
import type { CloudTrailHandlers } from "./handlers.js";
import { Random } from "./random.js";

const day = 86_400_000;

/** Each region has a new key pair every 30 days, valid a day longer on both sides, since digests go on being signed. */
const period = 30 * day;
const overlap = day;

/** There are no keys from before the service. */
const firstKey = Math.floor(Date.UTC(2013, 10, 1) / period);

export function publicKeyHandlers(account: Account): Pick<CloudTrailHandlers, "listPublicKeys"> {
  return {
    listPublicKeys: ({ StartTime, EndTime, NextToken }, { region = account.region }) => {
      // The token is reserved for future use: no output has one.
      if (NextToken !== undefined) throw new InvalidTokenException({ message: "Reserved for future use" });
      const now = account.now();
      const start = StartTime?.getTime() ?? now;
      const end = EndTime?.getTime() ?? now;
      if (start > end) throw new InvalidTimeRangeException({ message: "StartTime is after EndTime" });

      const first = Math.max(firstKey, Math.floor((start - overlap) / period));
      const last = Math.floor(Math.min(now, end + overlap) / period);
      const count = Math.max(0, last - first + 1);
      return { PublicKeyList: Array.from({ length: count }, (_, index) => publicKey(first + index, region)) };
    },
  };
}

function publicKey(index: number, region: string) {
  const Value = rsaPublicKey(new Random(`${region}/${index}`));
  return {
    Value,
    ValidityStartTime: new Date(index * period - overlap),
    ValidityEndTime: new Date((index + 1) * period + overlap),
    Fingerprint: createHash("sha256").update(Value).digest("hex").slice(0, 32),
  };
}

/** PKCS#1 `RSAPublicKey` in DER: a well-formed key of 2048 bits without a private key. RFC 8017, A.1.1. */
function rsaPublicKey(random: Random): Uint8Array {
  const modulus = random.bytes(256);
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  modulus[255] = (modulus[255] ?? 0) | 1;
  const exponent = [0x02, 0x03, 0x01, 0x00, 0x01];
  return Uint8Array.from([0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00, ...modulus, ...exponent]);
}
