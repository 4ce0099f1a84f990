import type { PlainClientOptions } from "../config/options.js";
import type { Service } from "../schema/service.js";
import { BaseClient } from "./base-client.js";
import { plainOptionRules } from "./option-rules.js";
import { PlainContext } from "./plain-context.js";
import { setUp } from "./settings.js";

/** A client of a service outside AWS: nothing but its options configures it. */
export class PlainClient extends BaseClient {
  constructor(service: Service, options: PlainClientOptions = {}) {
    super(new PlainContext(setUp(service, options, plainOptionRules)));
  }
}
