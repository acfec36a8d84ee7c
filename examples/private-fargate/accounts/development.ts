import type { AccountInput } from "../../../environments/schema/account";
import { environment } from "../common";

export default {
  name: "development",
  id: "300000000005",
  email: "aws-development@harbour.example",
  preset: "development",
  network: { cidrBlock: "10.103.0.0/16" },
  ...environment,
} satisfies AccountInput;
