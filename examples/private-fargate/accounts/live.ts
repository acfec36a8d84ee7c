import type { AccountInput } from "../../../environments/schema/account";
import { environment } from "../common";

export default {
  name: "live",
  id: "300000000003",
  email: "aws-live@harbour.example",
  preset: "live",
  network: { cidrBlock: "10.101.0.0/16" },
  ...environment,
} satisfies AccountInput;
