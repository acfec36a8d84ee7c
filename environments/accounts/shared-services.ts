import type { AccountInput } from "../schema/account";

export default {
  name: "shared-services",
  id: "100000000002",
  email: "aws-shared-services@eemobility.example",
  kind: "shared-services",
  preset: "live",
  capabilities: { natGateways: "none", interfaceEndpoints: [] },
  network: { cidrBlock: "10.10.0.0/20", publicZone: "eemobility.example" },
  registry: {},
} satisfies AccountInput;
