import {
  InvalidTagParameterException,
  InvalidTokenException,
  OperationNotPermittedException,
  ResourceNotFoundException,
  type Tag,
  TagsLimitExceededException,
} from "@clientsmith/cloudtrail";
import type { Account, LocalTrail } from "./account.js";
import type { CloudTrailHandlers } from "./handlers.js";

/** Maximum number of tags of a trail. */
const maxTags = 50;

export function tagHandlers(account: Account): Pick<CloudTrailHandlers, "addTags" | "removeTags" | "listTags"> {
  return {
    addTags: ({ ResourceId, TagsList = [] }, { region = account.region }) => {
      const { tags } = taggable(account, ResourceId, region);
      const added = checkTags(TagsList);
      const count = new Set([...tags.keys(), ...added.map(([key]) => key)]).size;
      if (count > maxTags) {
        throw new TagsLimitExceededException({
          message: `A trail has at most ${maxTags} tags; this would make ${count}`,
        });
      }
      for (const [key, value] of added) tags.set(key, value);
      return {};
    },

    removeTags: ({ ResourceId, TagsList = [] }, { region = account.region }) => {
      const { tags } = taggable(account, ResourceId, region);
      for (const [key] of checkTags(TagsList)) tags.delete(key);
      return {};
    },

    listTags: ({ ResourceIdList, NextToken }) => {
      // The token is reserved for future use: no output has one.
      if (NextToken !== undefined) throw new InvalidTokenException({ message: "Reserved for future use" });
      return {
        ResourceTagList: ResourceIdList.map((arn) => ({
          ResourceId: arn,
          TagsList: [...known(account, arn).tags].map(([Key, Value]) => ({ Key, Value })),
        })),
      };
    },
  };
}

/** Tags as key and value, each key once. */
export function checkTags(tags: readonly Tag[]): [key: string, value: string | undefined][] {
  const repeated = tags.find(({ Key }, index) => tags.findIndex((other) => other.Key === Key) < index);
  if (!repeated) return tags.map(({ Key, Value }) => [Key, Value]);
  throw new InvalidTagParameterException({ message: `The tag key ${JSON.stringify(repeated.Key)} is given twice` });
}

function known(account: Account, arn: string): LocalTrail {
  const trail = account.byArn(arn);
  if (trail) return trail;
  throw new ResourceNotFoundException({ message: `Trail ${arn} not found` });
}

/** The tags of a trail can be changed only in its home region, even if it applies to all regions. */
function taggable(account: Account, arn: string, region: string): LocalTrail {
  const trail = known(account, arn);
  if (trail.homeRegion === region) return trail;
  throw new OperationNotPermittedException({ message: `Trail ${trail.name} is tagged in ${trail.homeRegion}` });
}
