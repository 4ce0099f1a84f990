import type { ServiceIr } from "../ir/ir.js";

/** Changes the IR of one service, for requirements that no trait of its model expresses. */
export interface Customization {
  /** Name for people: `s3`. */
  readonly name: string;
  /** `sdkId` of the service's `aws.api#service` trait. */
  readonly sdkId: string;
  readonly change: (service: ServiceIr) => ServiceIr;
}
