import type { ServiceInput } from "../../../environments/schema/service";

/** Pays employees back what they charged at home. */
export default {
  name: "home-reimbursement",
  owner: "business@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 6 4 * ? *)", timezone: "Europe/Paris" },
  databases: ["business"],
} satisfies ServiceInput;
