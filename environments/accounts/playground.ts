import { auth, data, edge, hosting, queue, secrets } from "../common";
import type { AccountInput } from "../schema/account";

/** Where anything may be tried; its services run only while somebody wants them to (slipway wake playground). */
export default {
  name: "playground",
  id: "100000000006",
  email: "aws-playground@eemobility.example",
  preset: "playground",
  network: { cidrBlock: "10.50.0.0/18" },
  secrets,
  queue,
  auth,
  data,
  edge,
  hosting,
} satisfies AccountInput;
