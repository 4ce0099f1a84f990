export { restXml } from "./protocol.js";
