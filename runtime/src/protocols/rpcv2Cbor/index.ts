export { rpcv2Cbor } from "./protocol.js";
