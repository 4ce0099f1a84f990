import type { Operation, Service, OperationCodec, Protocol } from "../../schema/service.js";
import { escapeUri } from "../../signing/escape.js";
import { parseXmlBody, type XmlElement, childOf } from "../xml/parse.js";
import { XmlReader } from "../xml/read.js";
import { type FormDialect, FormWriter } from "./write.js";
import type { HttpResponse } from "../../transport/types.js";

/** How the two query protocols differ. */
export interface QueryDialect {
  /** Shape id of the protocol trait. */
  readonly id: string;
  readonly form: FormDialect;
  /**
   * The element that holds the members of the output, undefined where none was written.
   *
   * @throws ResponseMismatch for an answer to something else
   */
  readonly outputElement: (root: XmlElement, operation: Operation) => XmlElement | undefined;
}

const message = {
  method: "POST",
  path: "/",
  query: "",
  headers: { "content-type": "application/x-www-form-urlencoded" },
} as const;

/** Every call is a form sent to `/` that names its operation; answers are XML. */
export class QueryProtocol implements Protocol {
  readonly id: string;
  readonly #outputElement: QueryDialect["outputElement"];
  readonly #writer: FormWriter;
  readonly #reader = new XmlReader();

  constructor({ id, form, outputElement }: QueryDialect) {
    this.id = id;
    this.#writer = new FormWriter(form);
    this.#outputElement = outputElement;
  }

  compile(operation: Operation, service: Service): OperationCodec {
    const { name, input, output, errors = [] } = operation;
    const start = `Action=${escapeUri(name)}&Version=${escapeUri(service.version)}`;
    return {
      format: "XML",
      serialize: (value) => ({ ...message, body: start + this.#writer.write(input, value) }),
      readOutput: (response) => {
        const root = parseXmlBody(response);
        const element = root && this.#outputElement(root, operation);
        return element ? (this.#reader.readOf(output)(element) as object) : {};
      },
      readError: async (response) => {
        return (await import("../xml/error.js")).readXmlError(response, errors, this.#reader);
      },
      requestIdIn,
    };
  }
}

/** Of awsQuery, of outputs of ec2Query, and of its errors. */
const spellings: ReadonlySet<string> = new Set(["RequestId", "requestId", "RequestID"]);

/** The id of the request, where a body of the query protocols holds it: in the root, or beside an output of awsQuery. */
export function requestIdIn(response: HttpResponse): string | undefined {
  const root = rootOf(response);
  const holder = root && (childOf(root, "ResponseMetadata") ?? root);
  return holder?.children.find(({ name }) => spellings.has(name))?.text.trim() || undefined;
}

/** What is not XML (a proxy's page, nothing at all) has no id; that it is none, its reader says. */
function rootOf(response: HttpResponse): XmlElement | undefined {
  try {
    return parseXmlBody(response);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
