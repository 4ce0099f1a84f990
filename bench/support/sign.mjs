// The minimum cost of a signature: constants are written out, the key of the day is cached.
import { createHash, createHmac } from "node:crypto";
import { credentials, region } from "./settings.mjs";

let keyDay = "";
/** @type {Buffer} */
let key;

/**
 * The headers of a signed request, including the signature.
 *
 * @param {string} host
 * @param {string} target
 * @param {string | Uint8Array} body
 */
export function sign(host, target, body) {
  const date = `${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/cloudtrail/aws4_request`;
  if (day !== keyDay) {
    key = [day, region, "cloudtrail", "aws4_request"].reduce(
      (secret, part) => createHmac("sha256", secret).update(part).digest(),
      Buffer.from(`AWS4${credentials.secretAccessKey}`),
    );
    keyDay = day;
  }
  const names = "content-type;host;x-amz-date;x-amz-target";
  const canonical =
    `POST\n/\n\ncontent-type:application/x-amz-json-1.1\nhost:${host}\nx-amz-date:${date}\nx-amz-target:${target}\n\n` +
    `${names}\n${createHash("sha256").update(body).digest("hex")}`;
  const hash = createHash("sha256").update(canonical).digest("hex");
  const signature = createHmac("sha256", key).update(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash}`).digest("hex");
  return {
    host,
    "content-type": "application/x-amz-json-1.1",
    "x-amz-date": date,
    "x-amz-target": target,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
