import type { ServiceInput } from "../../../environments/schema/service";

/** Fetches the stations of partners who do not push. */
export default {
  name: "ocpi-location-puller",
  owner: "roaming@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "rate(6 hours)" },
  cpu: 512,
  memory: 2048,
  databases: ["roaming"],
} satisfies ServiceInput;
