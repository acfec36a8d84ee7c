import type { AccountInput } from "../../../environments/schema/account";
import { auth, data, edge, hosting, queue, secrets } from "../common";

/** A branch, for whoever wants to see it before qa; its services sleep until somebody wakes them. */
export default {
  name: "preview",
  id: "200000000006",
  email: "aws-preview@chargemap.example",
  organizationalUnit: "pre-production",
  preset: "playground",
  network: { cidrBlock: "10.83.0.0/16" },
  secrets,
  queue,
  auth,
  data,
  edge,
  hosting,
} satisfies AccountInput;
