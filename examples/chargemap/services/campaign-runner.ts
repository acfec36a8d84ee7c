import type { ServiceInput } from "../../../environments/schema/service";

/** Sends what marketing planned. */
export default {
  name: "campaign-runner",
  owner: "engagement@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "rate(5 minutes)" },
  databases: ["engagement"],
  sends: ["push", "mail"],
} satisfies ServiceInput;
