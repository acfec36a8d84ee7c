import type { ServiceInput } from "../../../environments/schema/service";

/** Records that we do not agree with. */
export default {
  name: "cdr-disputes",
  owner: "roaming@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "disputes" }],
  databases: ["roaming"],
  sends: ["tickets"],
} satisfies ServiceInput;
