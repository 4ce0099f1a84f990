// Time to validate an input: clientsmith, the compiled validator of ajv, and zod, with the same shapes and rules.
import assert from "node:assert/strict";
import { createTrail$, validateCreateTrailRequest } from "@clientsmith/cloudtrail/createTrail";
import { putEventSelectors$, validatePutEventSelectorsRequest } from "@clientsmith/cloudtrail/putEventSelectors";
import { validate } from "@clientsmith/runtime/codegen/v1";
import { broken, brokenByDefault, typical } from "./support/inputs.mjs";
import { median, round } from "./support/numbers.mjs";
import { ajvValidators, zodValidators } from "./support/rules.mjs";

/** @import { Bench, Goal, Row } from "./support/types.d.ts" */

const inputs = /** @type {const} */ (["createTrail", "putEventSelectors"]);
const rounds = 15;
const calls = 40_000;

/** What a client checks by default beyond required members, types and unknown members. */
const ofCalls = { min: true };

/** Each says whether a value is valid. @type {Record<Rules, Validators>} */
const ours = {
  "every rule": {
    createTrail: (value) => validateCreateTrailRequest(value).length === 0,
    putEventSelectors: (value) => validatePutEventSelectorsRequest(value).length === 0,
  },
  "a call's rules": {
    createTrail: (value) => validate(createTrail$.input, value, ofCalls).length === 0,
    putEventSelectors: (value) => validate(putEventSelectors$.input, value, ofCalls).length === 0,
  },
};

/** @type {Bench} */
export const bench = {
  title: "Validation of a typical valid input, in microseconds (median of interleaved rounds)",
  async run() {
    /** @type {Row[]} */
    const rows = [];
    /** @type {Goal[]} */
    const goals = [];
    for (const rules of /** @type {const} */ (["every rule", "a call's rules"])) {
      const contestants = { ours: ours[rules], ajv: ajvValidators(rules), zod: zodValidators(rules) };
      for (const input of inputs) {
        checkAgreement(rules, input, contestants);
        const { ours: own, ajv, zod } = compare(input, contestants);
        const [ofAjv, fasterThanZod] = [round(own / ajv, 2), round(zod / own, 2)];
        rows.push({
          input,
          rules,
          "clientsmith µs": round(own, 2),
          "ajv µs": round(ajv, 2),
          "zod µs": round(zod, 2),
          "of ajv": ofAjv,
          "faster than zod": fasterThanZod,
        });
        goals.push({ what: `${input}, ${rules}: of ajv's time`, value: ofAjv, limit: 2 });
        goals.push({ what: `${input}, ${rules}: of zod's time`, value: round(own / zod, 2), limit: 0.4 });
      }
    }
    return { rows, goals };
  },
};

/**
 * @typedef {import("./support/rules.mjs").Rules} Rules
 * @typedef {Record<"createTrail" | "putEventSelectors", (value: unknown) => boolean>} Validators
 * @typedef {Record<"ours" | "ajv" | "zod", Validators>} Contestants
 */

/**
 * Checks that all validators apply the same rules.
 *
 * @param {Rules} rules
 * @param {"createTrail" | "putEventSelectors"} input
 * @param {Contestants} contestants
 */
function checkAgreement(rules, input, contestants) {
  const invalid = rules === "every rule" ? [...brokenByDefault[input], ...broken[input]] : brokenByDefault[input];
  const valid = rules === "every rule" ? [typical[input]] : [typical[input], ...broken[input]];
  for (const [name, validators] of Object.entries(contestants)) {
    for (const value of valid) assert(validators[input](value), `${name} rejects ${JSON.stringify(value)}`);
    for (const value of invalid) assert(!validators[input](value), `${name} accepts ${JSON.stringify(value)}`);
  }
}

/**
 * Microseconds per call of each.
 *
 * @param {"createTrail" | "putEventSelectors"} input
 * @param {Contestants} contestants
 */
function compare(input, contestants) {
  /** @type {Record<keyof Contestants, number[]>} */
  const times = { ours: [], ajv: [], zod: [] };
  // The compiler optimizes during the first rounds.
  for (let index = -3; index < rounds; index++) {
    for (const name of /** @type {const} */ (["ours", "ajv", "zod"])) {
      const time = measure(contestants[name][input], typical[input]);
      if (index >= 0) times[name].push(time);
    }
  }
  return { ours: median(times.ours), ajv: median(times.ajv), zod: median(times.zod) };
}

/**
 * @param {(value: unknown) => boolean} isValid
 * @param {object} value
 */
function measure(isValid, value) {
  let valid = 0;
  const startedAt = performance.now();
  for (let index = 0; index < calls; index++) if (isValid(value)) valid++;
  const passed = performance.now() - startedAt;
  assert.equal(valid, calls);
  return (passed * 1000) / calls;
}
