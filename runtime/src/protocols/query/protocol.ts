import type { Operation, Service } from "../../schema/operation.js";
import { escapeUri } from "../../signing/escape.js";
import type { OperationCodec, LoadedProtocol } from "../protocol.js";
import { parseXmlBody } from "../xml/body.js";
import type { XmlElement } from "../xml/element.js";
import { XmlReader } from "../xml/read.js";
import { requestIdIn } from "./request-id.js";
import { type FormDialect, FormWriter } from "./write.js";

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
export class QueryProtocol implements LoadedProtocol {
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
        const { readXmlError } = await import("../xml/error.js");
        return readXmlError(response, errors, this.#reader);
      },
      requestIdIn,
    };
  }
}
