export { awsJson1_0, awsJson1_1 } from "./protocol.js";
