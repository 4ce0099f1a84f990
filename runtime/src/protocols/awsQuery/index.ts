export { awsQuery } from "./protocol.js";
