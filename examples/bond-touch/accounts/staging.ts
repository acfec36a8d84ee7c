import type { AccountInput } from "../../../environments/schema/account";
import { environment } from "../common";

export default {
  name: "staging",
  id: "400000000003",
  email: "aws-staging@bond-touch.example",
  preset: "qa",
  network: { cidrBlock: "10.42.0.0/16" },
  ...environment,
} satisfies AccountInput;
