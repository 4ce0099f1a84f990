import {
  type AdvancedEventSelector,
  type EventSelector,
  type InsightSelector,
  InvalidHomeRegionException,
  TrailNotFoundException,
} from "@clientsmith/cloudtrail";

/** A trail with its tags, selectors and state. */
export interface LocalTrail {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  settings: TrailSettings;
  /** Values by key; a tag may have none. */
  readonly tags: Map<string, string | undefined>;
  /** Undefined while the trail has the selectors that every trail starts with. */
  selectors: TrailSelectors | undefined;
  insightSelectors: readonly InsightSelector[];
  logging: Logging;
}

/** Settings of `CreateTrail` and `UpdateTrail`, in the form of the output. */
export interface TrailSettings {
  readonly S3BucketName: string;
  readonly S3KeyPrefix: string | undefined;
  readonly SnsTopicARN: string | undefined;
  readonly IncludeGlobalServiceEvents: boolean;
  readonly IsMultiRegionTrail: boolean;
  readonly LogFileValidationEnabled: boolean;
  readonly CloudWatchLogsLogGroupArn: string | undefined;
  readonly CloudWatchLogsRoleArn: string | undefined;
  readonly KmsKeyId: string | undefined;
  readonly IsOrganizationTrail: boolean;
}

/** Either kind of selectors; putting one kind replaces the other. */
export type TrailSelectors =
  | { readonly EventSelectors: readonly EventSelector[] }
  | { readonly AdvancedEventSelectors: readonly AdvancedEventSelector[] };

export interface Logging {
  readonly on: boolean;
  /** When it was last switched on and off, in milliseconds since 1970. */
  readonly started: number | undefined;
  readonly stopped: number | undefined;
}

/** One AWS account: its trails in all regions. */
export class Account {
  readonly id: string;
  /** Region of requests that were not signed for one. */
  readonly region: string;
  readonly now: () => number;
  readonly #trails = new Map<string, LocalTrail>();

  constructor(id: string, region: string, now: () => number) {
    this.id = id;
    this.region = region;
    this.now = now;
  }

  /** Every trail, by home region, then by name. */
  get trails(): LocalTrail[] {
    return [...this.#trails.values()].toSorted((left, right) => (left.arn < right.arn ? -1 : 1));
  }

  arnOf(service: string, region: string, resource: string): string {
    return `arn:${partitionOf(region)}:${service}:${region}:${this.id}:${resource}`;
  }

  add(trail: LocalTrail): void {
    this.#trails.set(trail.arn, trail);
  }

  remove(trail: LocalTrail): void {
    this.#trails.delete(trail.arn);
  }

  /** The trails of a region: its own and the shadows of those that apply to all regions. */
  trailsIn(region: string): LocalTrail[] {
    return this.trails.filter((trail) => trail.homeRegion === region || trail.settings.IsMultiRegionTrail);
  }

  byArn(arn: string): LocalTrail | undefined {
    return this.#trails.get(arn);
  }

  /** A trail to read. A name refers to a trail of this region; a shadow trail is referred to by its ARN. */
  find(nameOrArn: string, region: string): LocalTrail {
    const trail = this.trailsIn(region).find(
      ({ name, arn, homeRegion }) => arn === nameOrArn || (name === nameOrArn && homeRegion === region),
    );
    return trail ?? notFound(nameOrArn, this.id);
  }

  /** A trail to change, which is allowed in its home region only. */
  findAtHome(nameOrArn: string, region: string): LocalTrail {
    const trail =
      this.byArn(nameOrArn) ??
      this.trailsIn(region).find(({ name }) => name === nameOrArn) ??
      notFound(nameOrArn, this.id);
    if (trail.homeRegion === region) return trail;
    throw new InvalidHomeRegionException({
      message: `The home Region of the trail ${trail.name} is ${trail.homeRegion}: change it there, not in ${region}`,
    });
  }
}

function notFound(nameOrArn: string, account: string): never {
  throw new TrailNotFoundException({ message: `Unknown trail: ${nameOrArn} for the user: ${account}` });
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
