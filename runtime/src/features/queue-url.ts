import { getOwn } from "../schema/values.js";
import type { Feature } from "./feature.js";
import { sentTo } from "./support/message.js";

/**
 * Amazon SQS: a request is sent to the host of its queue's URL, because a queue may be in another Region or behind another
 * host name than the client's endpoint. Not for a client with a custom endpoint or `useQueueUrlAsEndpoint: false`.
 *
 * @param member name of the input member with the URL
 */
export function queueUrl(member: string): Feature {
  return {
    name: "queue-url",
    data: member,
    address(request, input, _call, { endpoint, endpointParameters }) {
      const url = getOwn(input as Readonly<Record<string, unknown>>, member);
      const isUsed = endpoint === undefined && endpointParameters["useQueueUrlAsEndpoint"] !== false;
      if (!isUsed || typeof url !== "string" || !/^\s*https?:/i.test(url) || !URL.canParse(url)) return request;
      return sentTo(request, new URL(url).origin);
    },
  };
}
