import type { ClientOptions } from "../config/options.js";
import type { Service } from "../schema/service.js";
import { AwsContext } from "./aws-context.js";
import { clientOptionRules } from "./aws-option-rules.js";
import { BaseClient } from "./base-client.js";
import { setUp } from "./settings.js";

/** A client of a service of AWS: it has a Region, and signs with credentials. */
export class Client extends BaseClient {
  constructor(service: Service, options: ClientOptions = {}) {
    super(new AwsContext(setUp(service, options, clientOptionRules)));
  }
}
