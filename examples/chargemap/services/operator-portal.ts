import type { ServiceInput } from "../../../environments/schema/service";

/** Where operators correct their stations and answer reviews; they sign in at the door. */
export default {
  name: "operator-portal",
  owner: "stations@chargemap.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "operators", authenticate: true }],
  databases: ["stations"],
  buckets: { imports: "readWrite" },
} satisfies ServiceInput;
