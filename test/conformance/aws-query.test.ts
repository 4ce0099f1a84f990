import { protocolSuite } from "./support/suite.js";

protocolSuite({ file: "query.awsquery.json", protocols: ["aws.protocols#awsQuery"], count: 77 });
