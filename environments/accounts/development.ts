import { hosting, secrets } from "../common";
import type { AccountInput } from "../schema/account";

export default {
  name: "development",
  id: "100000000005",
  email: "aws-development@eemobility.example",
  preset: "development",
  network: { cidrBlock: "10.40.0.0/16" },
  secrets,
  hosting,
} satisfies AccountInput;
