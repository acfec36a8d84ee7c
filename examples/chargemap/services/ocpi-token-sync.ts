import type { ServiceInput } from "../../../environments/schema/service";

/** Sends new badges to partners who keep a list. */
export default {
  name: "ocpi-token-sync",
  owner: "roaming@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "rate(1 hour)" },
  databases: ["roaming"],
  secrets: { REGISTRATION: "roaming/ocpi-registration" },
} satisfies ServiceInput;
