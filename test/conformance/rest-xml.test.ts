import { protocolSuite } from "./support/suite.js";

const protocols = ["aws.protocols#restXml"];

protocolSuite({ file: "restxml.restxml.json", protocols, count: 178, knownFailures: {} });
