import type { ServiceIr } from "../ir/ir.js";

/** What a service needs that no trait of its model says, as a change of the facts read from that model. */
export interface Customization {
  /** For people: `s3`. */
  readonly name: string;
  /** `aws.api#service` `sdkId` of the service. */
  readonly sdkId: string;
  readonly change: (service: ServiceIr) => ServiceIr;
}
