import type { Operation, Service, OperationCodec, Protocol } from "../../schema/service.js";
import { escapeUri } from "../../signing/escape.js";
import { enterChild, isErrorDocument, openIfXml, openXml, readDocument } from "../xml/document.js";
import { locatingText } from "../unsendable-text.js";
import { type ElementSlots, slotsFor, readInto, XmlReader } from "../xml/read.js";
import { type FormDialect, FormWriter } from "./write.js";
import type { HttpResponse } from "../../schema/http.js";

/** The differences between the two query protocols. */
export interface QueryDialect {
  /** Shape id of the protocol trait. */
  readonly id: string;
  readonly form: FormDialect;
  /** Whether the output of `Put` is in an element `PutResult` in the root. */
  readonly hasResult: boolean;
}

const message = {
  method: "POST",
  path: "/",
  query: "",
  headers: { "content-type": "application/x-www-form-urlencoded" },
} as const;

/** Every call is a form sent to `/` that contains the operation's name; responses are XML. */
export class QueryProtocol implements Protocol {
  readonly id: string;
  readonly #writer: FormWriter;
  readonly #reader = new XmlReader();

  readonly #hasResult: boolean;

  constructor({ id, form, hasResult }: QueryDialect) {
    this.id = id;
    this.#writer = new FormWriter(form);
    this.#hasResult = hasResult;
  }

  compile(operation: Operation, service: Service): OperationCodec {
    const { name, input, output, errors = [] } = operation;
    const start = `Action=${escapeUri(name)}&Version=${escapeUri(service.version)}`;
    const root = service.anyRoot ? undefined : `${name}Response`;
    const members = this.#reader.slotsOf(output);
    const result = slotsFor([[`${name}Result`, (values, xml) => readInto(values, members, xml)]]);
    const slots: ElementSlots = this.#hasResult
      ? { byName: new Map([...members.byName, ...result.byName]), start: result.start }
      : members;
    return {
      format: "XML",
      serialize: locatingText(input, (value) =>
        Object.assign({ body: start + this.#writer.write(input, value) }, message),
      ),
      readOutput: (response) => {
        const xml = openXml(response);
        return xml ? readDocument(xml, root, slots, () => readInto({}, slots, xml)) : {};
      },
      isLateError: isErrorDocument,
      readError: async (response) => {
        return (await import("../xml/error.js")).readXmlError(response, errors, this.#reader);
      },
      requestIdIn,
    };
  }
}

/** In awsQuery, in outputs of ec2Query, and in its errors. */
const spellings = ["RequestId", "requestId", "RequestID"];

/** The request ID in a body of the query protocols: in the root, or beside an output of awsQuery. */
export function requestIdIn(response: HttpResponse): string | undefined {
  const xml = openIfXml(response);
  try {
    xml?.root();
    return xml && enterChild(xml, spellings, "ResponseMetadata") ? xml.text().trim() || undefined : undefined;
  } catch (error) {
    // The output or error reader reports a body that is not XML.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
