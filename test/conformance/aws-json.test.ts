import { protocolSuite } from "./support/suite.js";

protocolSuite({ file: "json.jsonprotocol.json", protocols: ["aws.protocols#awsJson1_1"], count: 118 });
protocolSuite({ file: "machinelearning.amazonml_20141212.json", protocols: ["aws.protocols#awsJson1_1"], count: 1 });
