import type { ServiceInput } from "../../../environments/schema/service";

/** What the mail provider calls when an address is gone. */
export default {
  name: "mail-bounces",
  owner: "engagement@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "hooks", path: "/mail/*", callers: "machines" }],
  databases: ["engagement"],
  secrets: { MAIL_PROVIDER: "engagement/mail-provider" },
} satisfies ServiceInput;
