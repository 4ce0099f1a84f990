import { protocolSuite } from "./support/suite.js";

protocolSuite({ file: "xmlns.restxmlwithnamespace.json", protocols: ["aws.protocols#restXml"], count: 2 });
