import type { ServiceInput } from "../../../environments/schema/service";

/** Closes sessions that a station has forgotten. */
export default {
  name: "session-watchdog",
  owner: "charging@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "rate(15 minutes)" },
  databases: ["charging"],
} satisfies ServiceInput;
