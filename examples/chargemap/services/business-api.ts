import type { ServiceInput } from "../../../environments/schema/service";

/** The same for companies' own programs. */
export default {
  name: "business-api",
  owner: "business@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "business-api", callers: "machines" },
    { alb: "internal", host: "business" },
  ],
  databases: ["business"],
} satisfies ServiceInput;
