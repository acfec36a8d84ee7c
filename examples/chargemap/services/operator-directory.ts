import type { ServiceInput } from "../../../environments/schema/service";

/** Networks and operators: names, logos, hotlines. */
export default {
  name: "operator-directory",
  owner: "stations@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "operators" }],
  databases: ["stations"],
} satisfies ServiceInput;
