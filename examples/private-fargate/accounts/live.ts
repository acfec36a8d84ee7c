import type { AccountInput } from "../../../environments/schema/account";
import { environment } from "../common";

export default {
  name: "live",
  id: "300000000003",
  email: "aws-live@harbour.example",
  preset: "live",
  network: { cidrBlock: "10.101.0.0/16" },
  ...environment,
  data: {
    ...environment.data,
    buckets: {
      ...environment.data.buckets,
      // What the insured were told is there for as long as the law wants it, whoever is signed in.
      documents: {
        ...environment.data.buckets.documents,
        objectLock: { mode: "COMPLIANCE", years: 10 },
        mustKeep: { years: 10, because: "§ 147 AO" },
      },
    },
  },
} satisfies AccountInput;
