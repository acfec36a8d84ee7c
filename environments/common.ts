import type { AccountInput } from "./schema/account";

/** The secrets that every environment has; each holds a value of its own. */
export const secrets = {
  "charging/database": { description: "Connection string of the charging database, issued by the data team" },
  "charging/ocpp-signing-key": {
    description: "Key that signs OCPP security tokens, issued by the protocol team",
  },
  "billing/payment-provider": {
    store: "parameterStore",
    description: "API key of the payment provider, issued by finance",
  },
} as const satisfies AccountInput["secrets"];

/** The doors that every environment has. */
export const hosting = {
  loadBalancers: {
    // Charging stations send a heartbeat every five minutes.
    public: { scheme: "internet-facing", idleTimeout: 400 },
    internal: { scheme: "internal" },
  },
} as const satisfies AccountInput["hosting"];
