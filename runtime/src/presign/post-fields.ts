import { ConfigurationError } from "../errors/client.js";
import type { CallContext } from "../features/context.js";

/** Fields of a form, by the header that has the same meaning in a request. Headers that start with `x-amz-` keep their names. */
const standard: Readonly<Record<string, string>> = {
  "cache-control": "Cache-Control",
  "content-disposition": "Content-Disposition",
  "content-encoding": "Content-Encoding",
  "content-type": "Content-Type",
  expires: "Expires",
  "x-amz-acl": "acl",
};

/**
 * The fields of an input's members that a request would send as headers.
 *
 * @throws ConfigurationError for a member that a form has no field for
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export function postFields({ operation, request }: CallContext): Readonly<Record<string, string>> {
  const { headers, body, stream } = request;
  if (body !== undefined || stream) throw unfit(operation.name, "its body", "the form has the file");
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name === "host" || name === "user-agent") continue;
    if (name === "x-amz-tagging") throw unfit(operation.name, "Tagging", "set the field tagging, which is XML");
    const field = Object.hasOwn(standard, name) ? standard[name] : undefined;
    if (field === undefined && !name.startsWith("x-amz-")) throw unfit(operation.name, name, "leave it out");
    fields[field ?? name] = value;
  }
  return fields;
}

function unfit(operation: string, what: string, advice: string): ConfigurationError {
  return new ConfigurationError(`A form of ${operation} cannot have ${what}: ${advice}.`);
}
