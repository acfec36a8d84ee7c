import type { ServiceInput } from "../../../environments/schema/service";

/** Keeps the customer system in step with drivers. */
export default {
  name: "crm-sync",
  owner: "engagement@chargemap.example",
  kind: "worker",
  consumes: ["driver-changes"],
  secrets: { CRM: "engagement/crm" },
} satisfies ServiceInput;
