// The minimum that a signed call over undici can cost: `dispatch`, a signature written out, and `JSON.parse`.
// The file of the agent alone, because the whole package takes longer to load.
import Agent from "undici/lib/dispatcher/agent.js";
import { sign } from "../support/sign.mjs";

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
            // undici frees the connection in an immediate that it queues next. A caller that continues after that
            // uses it again; one that continues at once opens more connections than there are calls in flight.
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
