import type { ServiceInput } from "../../../environments/schema/service";

/** Takes claims in, and tells how they stand. */
export default {
  name: "claims",
  owner: "claims@harbour.example",
  containerPort: 8080,
  loadBalancers: [{ nlb: "private", host: "claims", listenerPort: 8004 }],
  apis: [{ api: "public", path: "/claims/*" }],
  databases: ["insurance"],
  sends: ["letters"],
} satisfies ServiceInput;
