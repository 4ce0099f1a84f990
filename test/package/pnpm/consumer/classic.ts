import { CloudTrail, config } from "@clientsmith/cloudtrail/classic";
export const request = (c: CloudTrail) => c.getTrail({ Name: "a" });
export const promise = (c: CloudTrail) => c.getTrail({ Name: "a" }).promise();
export const shared = () => config;
