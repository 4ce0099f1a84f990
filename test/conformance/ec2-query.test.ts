import { protocolSuite } from "./support/suite.js";

protocolSuite({ file: "ec2.awsec2.json", protocols: ["aws.protocols#ec2Query"], count: 59 });
