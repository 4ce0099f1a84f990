export { ec2Query } from "./protocol.js";
