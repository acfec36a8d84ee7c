import { hosting, secrets } from "../common";
import type { AccountInput } from "../schema/account";

export default {
  name: "playground",
  id: "100000000006",
  email: "aws-playground@eemobility.example",
  preset: "playground",
  network: { cidrBlock: "10.50.0.0/18" },
  secrets,
  hosting,
} satisfies AccountInput;
