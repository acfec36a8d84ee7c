import type { ServiceInput } from "../../../environments/schema/service";

/** Who is insured, and how they are reached. */
export default {
  name: "customers",
  owner: "insurance@harbour.example",
  containerPort: 8080,
  loadBalancers: [{ nlb: "private", host: "customers", listenerPort: 8003 }],
  apis: [{ api: "public", path: "/customers/*" }],
  databases: ["insurance"],
} satisfies ServiceInput;
