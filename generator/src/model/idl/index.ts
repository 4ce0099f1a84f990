/** Translates between Smithy IDL and JSON AST. */
export { type Ast, readAst } from "./ast.js";
export { isIdl } from "./parse-idl.js";
export { printIdl } from "./print-idl.js";
export { printJson } from "./print-json.js";
