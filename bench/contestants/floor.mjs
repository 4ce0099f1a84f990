// The least that a signed call over undici can cost: `dispatch`, a signature written out here, and `JSON.parse`.
import { createHash, createHmac } from "node:crypto";
// The file that holds the agent; the package around it costs more to load than it.
import Agent from "undici/lib/dispatcher/agent.js";
import { credentials, region } from "../support/settings.mjs";

/** @type {import("../support/types.d.ts").Contestant["open"]} */
export function open(endpoint) {
  const agent = new Agent({ connections: 128 });
  const { host } = new URL(endpoint);

  /**
   * @param {string} operation
   * @param {object} input
   * @returns {Promise<any>}
   */
  function call(operation, input) {
    const body = JSON.stringify(input);
    const headers = sign(host, `CloudTrail_20131101.${operation}`, body);
    return new Promise((resolve, reject) => {
      let status = 0;
      /** @type {Buffer[]} */
      const parts = [];
      agent.dispatch(
        { origin: endpoint, method: "POST", path: "/", headers, body },
        {
          onRequestStart() {},
          onResponseStart(_controller, code) {
            status = code;
          },
          onResponseData(_controller, chunk) {
            parts.push(chunk);
          },
          onResponseEnd() {
            if (status !== 200) return reject(new Error(`status ${status}`));
            const [first] = parts;
            const bytes = parts.length === 1 && first ? first : Buffer.concat(parts);
            // undici frees the connection in an immediate that it queues next. A caller who goes on after that one finds it
            // free; one who goes on at once opens more connections than calls are in flight, and pays for them.
            process.nextTick(setImmediate, resolve, JSON.parse(bytes.toString()));
          },
          onResponseError(_controller, error) {
            reject(error);
          },
        },
      );
    });
  }

  return {
    getTrail: () => call("GetTrail", { Name: "audit" }),
    async lookupEvents() {
      const page = await call("LookupEvents", { MaxResults: 50 });
      for (const event of page.Events) event.EventTime = new Date(event.EventTime * 1000);
      return page;
    },
    close: () => agent.close(),
  };
}

let keyDay = "";
/** @type {Buffer} */
let key;

/**
 * @param {string} host
 * @param {string} target
 * @param {string} body
 */
function sign(host, target, body) {
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
