// A page that lists the latest events of an account. `npm install && npm start` serves it; it expects your server to serve
// temporary credentials at /credentials.
import { CloudTrailClient } from "@clientsmith/cloudtrail/client";
import { lookupEvents } from "@clientsmith/cloudtrail/lookupEvents";

const client = new CloudTrailClient({
  region: "us-east-1",
  endpoint: import.meta.env["VITE_ENDPOINT"],
  // A page has no secrets, so it asks its own server for credentials that expire. The client asks again before they do.
  credentials: async () => {
    const response = await fetch("/credentials");
    if (!response.ok) throw new Error(`/credentials: status ${response.status}`);
    const { expiration, ...keys } = await response.json();
    return { ...keys, expiration: new Date(expiration) };
  },
});

function show(lines: readonly string[]): void {
  const items = lines.map((line) => Object.assign(document.createElement("li"), { textContent: line }));
  document.querySelector("ul")?.replaceChildren(...items);
}

try {
  const { Events = [] } = await lookupEvents(client, { MaxResults: 10 });
  show(
    Events.map(({ EventTime, EventName, Username }) => `${EventTime?.toLocaleString()}: ${EventName} by ${Username}`),
  );
} catch (error) {
  show([String(error)]);
}
