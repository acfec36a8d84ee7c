import type { AccountInput } from "../../../environments/schema/account";
import { auth, data, edge, hosting, queue, secrets } from "../common";

export default {
  name: "development",
  id: "200000000005",
  email: "aws-development@chargemap.example",
  organizationalUnit: "pre-production",
  preset: "development",
  network: { cidrBlock: "10.82.0.0/16" },
  secrets,
  queue,
  auth,
  data,
  edge,
  hosting,
} satisfies AccountInput;
