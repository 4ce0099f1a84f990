export { restJson1 } from "./protocol.js";
