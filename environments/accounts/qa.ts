import { hosting, secrets } from "../common";
import type { AccountInput } from "../schema/account";

export default {
  name: "qa",
  id: "100000000004",
  email: "aws-qa@eemobility.example",
  preset: "qa",
  network: { cidrBlock: "10.30.0.0/16" },
  secrets,
  hosting,
} satisfies AccountInput;
