import type { ServiceInput } from "../../../environments/schema/service";

/** Renews the certificates of contracts before they end. */
export default {
  name: "contract-certificates",
  owner: "charging@chargemap.example",
  kind: "scheduledTask",
  schedule: { expression: "cron(0 1 * * ? *)", timezone: "Europe/Paris" },
  databases: ["charging"],
  secrets: { CONTRACT_AUTHORITY: "charging/contract-authority" },
} satisfies ServiceInput;
