import { InsightNotEnabledException, InvalidInsightSelectorsException } from "@clientsmith/cloudtrail";
import type { Account } from "./account.js";
import type { CloudTrailHandlers } from "./handlers.js";

export function insightHandlers(
  account: Account,
): Pick<CloudTrailHandlers, "putInsightSelectors" | "getInsightSelectors"> {
  return {
    putInsightSelectors: ({ TrailName, InsightSelectors }, { region = account.region }) => {
      const trail = account.findAtHome(TrailName, region);
      const types = InsightSelectors.map(({ InsightType }) => InsightType);
      if (types.includes(undefined) || new Set(types).size < types.length) {
        throw new InvalidInsightSelectorsException({ message: "Each selector names a type, and each type once" });
      }
      trail.insightSelectors = InsightSelectors;
      return { TrailARN: trail.arn, InsightSelectors: trail.insightSelectors };
    },

    getInsightSelectors: ({ TrailName }, { region = account.region }) => {
      const { arn, name, insightSelectors } = account.find(TrailName, region);
      if (insightSelectors.length === 0) {
        throw new InsightNotEnabledException({ message: `Insights are not enabled on the trail ${name}` });
      }
      return { TrailARN: arn, InsightSelectors: insightSelectors };
    },
  };
}
