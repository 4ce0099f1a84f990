import { protocolSuite } from "./support/suite.js";

const protocols = ["smithy.protocols#rpcv2Cbor"];

protocolSuite({ file: "rpcv2cbor.rpcv2protocol.json", protocols, count: 69 });
protocolSuite({ file: "rpcv2cbor.querycompatiblerpcv2protocol.json", protocols, count: 3 });
protocolSuite({ file: "rpcv2cbor.nonquerycompatiblerpcv2protocol.json", protocols, count: 1 });
