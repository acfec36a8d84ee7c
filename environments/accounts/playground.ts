import type { AccountInput } from "../schema/account";
import { charging } from "../secrets";

export default {
  name: "playground",
  id: "100000000006",
  email: "aws-playground@eemobility.example",
  preset: "playground",
  network: { cidrBlock: "10.50.0.0/18" },
  secrets: charging,
  hosting: {
    loadBalancers: {
      // Charging stations send a heartbeat every five minutes.
      public: { scheme: "internet-facing", idleTimeout: 400 },
      internal: { scheme: "internal" },
    },
  },
} satisfies AccountInput;
