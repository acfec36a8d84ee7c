import type { ServiceInput } from "../../../environments/schema/service";

/** Removes tiles of styles that no released app asks for any longer. */
export default {
  name: "tile-cleaner",
  owner: "map@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(15 3 ? * SUN *)", timezone: "Europe/Paris" },
  buckets: { "map-tiles": "readWrite" },
} satisfies ServiceInput;
