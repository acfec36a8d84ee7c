import type { AccountInput } from "../../../environments/schema/account";
import { auth, data, edge, hosting, queue, secrets } from "../common";

export default {
  name: "qa",
  id: "200000000004",
  email: "aws-qa@chargemap.example",
  organizationalUnit: "pre-production",
  preset: "qa",
  network: { cidrBlock: "10.81.0.0/16" },
  secrets,
  queue,
  auth,
  data,
  edge,
  hosting,
} satisfies AccountInput;
