import type { ServiceInput } from "../../../environments/schema/service";

/** Premiums and payments: the .NET application of the former data centre, on Linux. */
export default {
  name: "billing",
  owner: "finance@harbour.example",
  cpu: 1024,
  memory: 2048,
  containerPort: 8080,
  loadBalancers: [{ nlb: "private", host: "billing", listenerPort: 8002 }],
  apis: [{ api: "public", path: "/billing/*" }],
  databases: ["insurance"],
  secrets: { PAYMENT_PROVIDER: "billing/payment-provider" },
  sends: ["letters"],
} satisfies ServiceInput;
