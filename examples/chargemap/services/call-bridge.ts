import type { ServiceInput } from "../../../environments/schema/service";

/** What the telephone system calls when somebody waits at a station. */
export default {
  name: "call-bridge",
  owner: "support@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "hooks", path: "/calls/*", callers: "machines" }],
  databases: ["support"],
  secrets: { TELEPHONY: "support/telephony" },
} satisfies ServiceInput;
