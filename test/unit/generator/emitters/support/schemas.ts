import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { readModel, readService, type ServiceIr } from "clientsmith";

/** The facts of a model file's service. */
export function readIr(file: string): ServiceIr {
  const { model } = readModel({ file, text: readFileSync(file, "utf8") });
  const { service } = model ? readService(model) : {};
  if (!service) throw new Error(`${file} has no service`);
  return service;
}

/** A validator of JSON Schema that accepts no unknown keyword. */
export function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    ownProperties: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
  });
  addFormats.default(ajv);
  return ajv;
}
