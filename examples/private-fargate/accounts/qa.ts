import type { AccountInput } from "../../../environments/schema/account";
import { environment } from "../common";

export default {
  name: "qa",
  id: "300000000004",
  email: "aws-qa@harbour.example",
  preset: "qa",
  network: { cidrBlock: "10.102.0.0/16" },
  ...environment,
} satisfies AccountInput;
