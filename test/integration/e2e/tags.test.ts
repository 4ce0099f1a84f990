import {
  addTags,
  CloudTrailARNInvalidException,
  type CloudTrailClient,
  createTrail,
  InvalidTagParameterException,
  InvalidTokenException,
  listTags,
  OperationNotPermittedException,
  removeTags,
  ResourceNotFoundException,
  type Tag,
  TagsLimitExceededException,
} from "@clientsmith/cloudtrail";
import { describe, expect, it } from "vitest";
import { failure, startCloudTrail, trailArn } from "./support/cloudtrail.js";

const ResourceId = trailArn("audit");

async function withTrail(TagsList: Tag[] = []): Promise<CloudTrailClient> {
  const { client } = await startCloudTrail();
  await createTrail(client, { Name: "audit", S3BucketName: "example-logs", TagsList });
  return client;
}

async function tagsOf(client: CloudTrailClient): Promise<readonly Tag[] | undefined> {
  const { ResourceTagList } = await listTags(client, { ResourceIdList: [ResourceId] });
  expect(ResourceTagList?.map((resource) => resource.ResourceId)).toEqual([ResourceId]);
  return ResourceTagList?.[0]?.TagsList;
}

function numbered(count: number, from = 0): Tag[] {
  return Array.from({ length: count }, (_, index) => ({ Key: `key-${from + index}`, Value: "v" }));
}

describe("tags", () => {
  it("are added, overwritten by key, and removed by key; one may have no value", async () => {
    const client = await withTrail([{ Key: "team", Value: "security" }]);
    await addTags(client, { ResourceId, TagsList: [{ Key: "team", Value: "audit" }, { Key: "bare" }] });
    expect(await tagsOf(client)).toEqual([{ Key: "team", Value: "audit" }, { Key: "bare" }]);
    await removeTags(client, { ResourceId, TagsList: [{ Key: "team" }, { Key: "never-there" }] });
    expect(await tagsOf(client)).toEqual([{ Key: "bare" }]);
    await addTags(client, { ResourceId });
    expect(await tagsOf(client)).toEqual([{ Key: "bare" }]);
  });

  it("are at most 50 a trail, those that are there already included", async () => {
    const client = await withTrail(numbered(30));
    await addTags(client, { ResourceId, TagsList: numbered(40, 10) });
    expect(await tagsOf(client)).toHaveLength(50);
    const error = await failure(addTags(client, { ResourceId, TagsList: numbered(1, 50) }));
    expect(error).toBeInstanceOf(TagsLimitExceededException);
    expect(await tagsOf(client)).toHaveLength(50);
  });

  it.each<[string, Tag[]]>([
    ["a key twice", [{ Key: "a" }, { Key: "a" }]],
    ["a key of 129 characters", [{ Key: "a".repeat(129) }]],
    ["a value of 257 characters", [{ Key: "a", Value: "a".repeat(257) }]],
  ])("are rejected with %s", async (_what, TagsList) => {
    const client = await withTrail();
    expect(await failure(addTags(client, { ResourceId, TagsList }))).toBeInstanceOf(InvalidTagParameterException);
  });

  it("belong to a trail that is there, and are changed in its home region", async () => {
    const { client, clientOf } = await startCloudTrail();
    await createTrail(client, { Name: "audit", S3BucketName: "example-logs", IsMultiRegionTrail: true });
    const unknown = trailArn("other");
    expect(await failure(addTags(client, { ResourceId: unknown }))).toBeInstanceOf(ResourceNotFoundException);
    expect(await failure(removeTags(client, { ResourceId: unknown }))).toBeInstanceOf(ResourceNotFoundException);
    const ResourceIdList = [ResourceId, unknown];
    expect(await failure(listTags(client, { ResourceIdList }))).toBeInstanceOf(ResourceNotFoundException);
    expect(await failure(addTags(client, { ResourceId: "audit" }))).toBeInstanceOf(CloudTrailARNInvalidException);
    const abroad = clientOf({ region: "eu-west-1" });
    expect(await failure(addTags(abroad, { ResourceId }))).toBeInstanceOf(OperationNotPermittedException);
  });

  it("have no pages so far, so every token is wrong", async () => {
    const client = await withTrail();
    const error = await failure(listTags(client, { ResourceIdList: [ResourceId], NextToken: "t" }));
    expect(error).toBeInstanceOf(InvalidTokenException);
  });
});
