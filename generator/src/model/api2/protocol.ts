/** The protocols of api-2 by their names in `metadata`, as far as they affect bindings. */
export interface Api2Protocol {
  readonly name: "json" | "rest-json" | "rest-xml" | "query" | "ec2" | "smithy-rpc-v2-cbor";
  /** Whether members can be bound to parts of the request other than the body. */
  readonly isRest: boolean;
  readonly isXml: boolean;
}

const all: readonly Api2Protocol[] = [
  { name: "json", isRest: false, isXml: false },
  { name: "rest-json", isRest: true, isXml: false },
  { name: "rest-xml", isRest: true, isXml: true },
  { name: "query", isRest: false, isXml: true },
  { name: "ec2", isRest: false, isXml: true },
  { name: "smithy-rpc-v2-cbor", isRest: false, isXml: false },
];

export const api2Protocols: ReadonlyMap<unknown, Api2Protocol> = new Map(all.map((each) => [each.name, each]));
