// An endpoint for platforms that run a module with a `fetch` handler, such as Cloudflare Workers: GET /trails/NAME reports
// whether the trail NAME is logging. The client sends over the platform's own `fetch`; nothing of Node is in the bundle.
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { getTrailStatus } from "@clientsmith/cloudtrail/getTrailStatus";
import { isServiceError, ValidationError } from "@clientsmith/runtime";

export interface Env {
  readonly AWS_REGION: string;
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
  /** Only for tests. */
  readonly AWS_ENDPOINT_URL?: string;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const name = /^\/trails\/([\w.-]+)$/.exec(new URL(request.url).pathname)?.[1];
    if (request.method !== "GET" || name === undefined) return new Response("Not found", { status: 404 });
    const client = new CloudTrailClient({
      region: env.AWS_REGION,
      endpoint: env.AWS_ENDPOINT_URL,
      credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
    });
    try {
      const { IsLogging, LatestDeliveryTime } = await getTrailStatus(client, { Name: name }, { deadline: 5_000 });
      return Response.json({ name, isLogging: IsLogging, latestDelivery: LatestDeliveryTime });
    } catch (error) {
      if (error instanceof ValidationError) return Response.json({ error: error.message }, { status: 400 });
      if (!isServiceError(error)) throw error;
      return Response.json({ error: error.name, requestId: error.requestId }, { status: error.status ?? 502 });
    }
  },
};
