import type { AccountInput } from "../schema/account";
import { charging } from "../secrets";

export default {
  name: "live",
  id: "100000000003",
  email: "aws-live@eemobility.example",
  preset: "live",
  network: { cidrBlock: "10.20.0.0/16" },
  secrets: charging,
  hosting: {
    loadBalancers: {
      // Charging stations send a heartbeat every five minutes.
      public: { scheme: "internet-facing", idleTimeout: 400 },
      internal: { scheme: "internal" },
    },
  },
} satisfies AccountInput;
