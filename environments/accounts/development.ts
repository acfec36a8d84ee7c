import type { AccountInput } from "../schema/account";
import { charging } from "../secrets";

export default {
  name: "development",
  id: "100000000005",
  email: "aws-development@eemobility.example",
  preset: "development",
  network: { cidrBlock: "10.40.0.0/16" },
  secrets: charging,
  hosting: {
    loadBalancers: {
      // Charging stations send a heartbeat every five minutes.
      public: { scheme: "internet-facing", idleTimeout: 400 },
      internal: { scheme: "internal" },
    },
  },
} satisfies AccountInput;
