import {
  InvalidTokenException,
  MaximumNumberOfTrailsExceededException,
  TrailAlreadyExistsException,
} from "@clientsmith/cloudtrail";
import { paginated } from "@clientsmith/runtime/testing";
import type { Account, LocalTrail } from "./account.js";
import type { CloudTrailHandlers } from "./handlers.js";
import { settingsOf } from "./settings.js";
import { checkTags } from "./tags.js";

/** Maximum number of trails of a region, including shadow trails. */
const maxTrails = 5;

/** Trails on a page of `ListTrails`. */
const pageSize = 10;

export function trailHandlers(
  account: Account,
): Pick<
  CloudTrailHandlers,
  "createTrail" | "updateTrail" | "deleteTrail" | "getTrail" | "describeTrails" | "listTrails"
> {
  return {
    createTrail: (input, { region = account.region }) => {
      const { Name, TagsList = [] } = input;
      const existing = account.trailsIn(region);
      if (existing.some(({ name }) => name === Name)) {
        throw new TrailAlreadyExistsException({ message: `Trail ${Name} already exists for customer: ${account.id}` });
      }
      if (existing.length >= maxTrails) {
        throw new MaximumNumberOfTrailsExceededException({
          message: `User: ${account.id} already has ${maxTrails} trails in ${region}`,
        });
      }
      const trail: LocalTrail = {
        name: Name,
        arn: account.arnOf("cloudtrail", region, `trail/${Name}`),
        homeRegion: region,
        settings: settingsOf(input, account, region),
        tags: new Map(checkTags(TagsList)),
        selectors: undefined,
        insightSelectors: [],
        logging: { on: false, started: undefined, stopped: undefined },
      };
      account.add(trail);
      return outputOf(trail);
    },

    updateTrail: (input, { region = account.region }) => {
      const trail = account.findAtHome(input.Name, region);
      trail.settings = settingsOf(input, account, region, trail.settings);
      return outputOf(trail);
    },

    deleteTrail: ({ Name }, { region = account.region }) => {
      account.remove(account.findAtHome(Name, region));
      return {};
    },

    getTrail: ({ Name }, { region = account.region }) => ({ Trail: describe(account.find(Name, region)) }),

    describeTrails: ({ trailNameList = [], includeShadowTrails = true }, { region = account.region }) => {
      const trails = account
        .trailsIn(region)
        .filter(({ homeRegion }) => includeShadowTrails || homeRegion === region)
        .filter(
          ({ name, arn, homeRegion }) =>
            trailNameList.length === 0 ||
            trailNameList.includes(arn) ||
            (homeRegion === region && trailNameList.includes(name)),
        );
      return { trailList: trails.map(describe) };
    },

    listTrails: paginated(
      () => ({
        Trails: account.trails.map(({ arn, name, homeRegion }) => ({
          TrailARN: arn,
          Name: name,
          HomeRegion: homeRegion,
        })),
      }),
      { pageSize, invalidToken: InvalidTokenException },
    ),
  };
}

/** Output of `CreateTrail` and `UpdateTrail`. */
function outputOf({ name, arn, settings }: LocalTrail) {
  return { Name: name, TrailARN: arn, ...settings };
}

function describe(trail: LocalTrail) {
  return {
    ...outputOf(trail),
    HomeRegion: trail.homeRegion,
    HasCustomEventSelectors: trail.selectors !== undefined,
    HasInsightSelectors: trail.insightSelectors.length > 0,
  };
}
