const required = {
  runtime: require("@clientsmith/runtime"),
  cloudtrail: require("@clientsmith/cloudtrail"),
  classic: require("@clientsmith/cloudtrail/classic"),
};

async function compare() {
  const imported = {
    runtime: await import("@clientsmith/runtime"),
    cloudtrail: await import("@clientsmith/cloudtrail"),
    classic: await import("@clientsmith/cloudtrail/classic"),
  };
  const thrown = [required, imported].map(({ cloudtrail }) => new cloudtrail.TrailNotFoundException({}));
  /** Each error, as the other build sees it. */
  const crossed = (judge) => [judge(imported, thrown[0]), judge(required, thrown[1])];
  const outcome = {
    areTwoBuilds: required.cloudtrail.getTrail !== imported.cloudtrail.getTrail,
    isServiceError: crossed(
      ({ runtime }, error) => runtime.isServiceError(error) && error instanceof runtime.ServiceError,
    ),
    isClientsmithError: crossed(
      ({ runtime }, error) => runtime.isClientsmithError(error) && error instanceof runtime.ClientsmithError,
    ),
    isTrailNotFoundException: crossed(({ cloudtrail }, error) => error instanceof cloudtrail.TrailNotFoundException),
    isAnotherException: crossed(({ cloudtrail }, error) => error instanceof cloudtrail.InvalidTrailNameException),
    hasOneConfig: required.classic.config === imported.classic.config,
  };
  process.stdout.write(JSON.stringify(outcome));
}

void compare();
