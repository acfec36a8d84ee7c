import type { ServiceInput } from "../../../environments/schema/service";

/** What drivers agreed to, when, and in which words. */
export default {
  name: "consents",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "consents" }],
  databases: ["drivers"],
} satisfies ServiceInput;
