import { protocolSuite } from "./support/suite.js";

const protocols = ["aws.protocols#restJson1"];

protocolSuite({ file: "restjson.restjson.json", protocols, count: 242 });
protocolSuite({ file: "validation.restjsonvalidation.json", protocols, count: 1 });
protocolSuite({ file: "glacier.glacier.json", protocols, count: 4 });
protocolSuite({ file: "apigateway.backplanecontrolservice.json", protocols, count: 1 });
