import { auth, data, edge, hosting, queue, searchInstances, searchVolumes, secrets } from "../common";
import type { AccountInput } from "../schema/account";

export default {
  name: "development",
  id: "100000000005",
  email: "aws-development@eemobility.example",
  preset: "development",
  network: { cidrBlock: "10.40.0.0/16" },
  secrets,
  queue,
  auth,
  data: { ...data, volumes: searchVolumes },
  edge,
  hosting: { ...hosting, capacityProviders: { search: searchInstances } },
} satisfies AccountInput;
