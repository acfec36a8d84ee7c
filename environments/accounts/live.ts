import { hosting, secrets } from "../common";
import type { AccountInput } from "../schema/account";

export default {
  name: "live",
  id: "100000000003",
  email: "aws-live@eemobility.example",
  preset: "live",
  network: { cidrBlock: "10.20.0.0/16" },
  secrets,
  hosting,
} satisfies AccountInput;
