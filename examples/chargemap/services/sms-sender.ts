import type { ServiceInput } from "../../../environments/schema/service";

/** Sends text messages; each costs, so there are never many at a time. */
export default {
  name: "sms-sender",
  owner: "engagement@chargemap.example",
  kind: "worker",
  consumes: ["sms"],
  secrets: { SMS_PROVIDER: "engagement/sms-provider" },
  autoScaling: { minCapacity: 1, maxCapacity: 2 },
} satisfies ServiceInput;
