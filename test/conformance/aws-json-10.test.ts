import { protocolSuite } from "./support/suite.js";

const protocols = ["aws.protocols#awsJson1_0"];

protocolSuite({ file: "json10.jsonrpc10.json", protocols, count: 67 });
protocolSuite({ file: "json10.querycompatiblejsonrpc10.json", protocols, count: 3 });
