import type { OperationIr } from "../ir/ir.js";
import type { Customization } from "./customization.js";

const url = "QueueUrl";

const sent = {
  body: ["MessageBody", "MD5OfMessageBody"],
  attributes: {
    MessageAttributes: "MD5OfMessageAttributes",
    MessageSystemAttributes: "MD5OfMessageSystemAttributes",
  },
};

/** What the responses of an operation have the MD5 of. */
const digests: Readonly<Record<string, object>> = {
  SendMessage: sent,
  SendMessageBatch: { ...sent, list: "Successful", entries: "Entries" },
  ReceiveMessage: {
    body: ["Body", "MD5OfBody"],
    attributes: { MessageAttributes: "MD5OfMessageAttributes" },
    list: "Messages",
    isReceived: true,
  },
};

/**
 * Amazon SQS.
 *
 * - Requests go to the host of the queue's URL.
 * - The MD5 that the service reports of bodies and attributes is verified.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export const sqs: Customization = {
  name: "sqs",
  sdkId: "SQS",
  change: (service) => ({ ...service, operations: service.operations.map(change) }),
};

function change(operation: OperationIr): OperationIr {
  const hasUrl = operation.input?.members.some(({ name }) => name === url) === true;
  const messageMd5 = digests[operation.name];
  return { ...operation, customFeatures: { ...(hasUrl && { queueUrl: url }), ...(messageMd5 && { messageMd5 }) } };
}
