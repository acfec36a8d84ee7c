import type { ServiceInput } from "../../../environments/schema/service";

/** Tells drivers who wait for a connector that one is free. */
export default {
  name: "availability-alerts",
  owner: "stations@chargemap.example",
  kind: "worker",
  databases: ["drivers"],
  consumes: ["station-watchers"],
  sends: ["push"],
} satisfies ServiceInput;
