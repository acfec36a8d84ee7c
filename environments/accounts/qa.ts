import type { AccountInput } from "../schema/account";
import { charging } from "../secrets";

export default {
  name: "qa",
  id: "100000000004",
  email: "aws-qa@eemobility.example",
  preset: "qa",
  network: { cidrBlock: "10.30.0.0/16" },
  secrets: charging,
  hosting: {
    loadBalancers: {
      // Charging stations send a heartbeat every five minutes.
      public: { scheme: "internet-facing", idleTimeout: 400 },
      internal: { scheme: "internal" },
    },
  },
} satisfies AccountInput;
