import type { AccountInput } from "../../../environments/schema/account";

export default {
  name: "shared-services",
  id: "300000000002",
  email: "aws-shared-services@harbour.example",
  kind: "shared-services",
  preset: "live",
  capabilities: { natGateways: "none", interfaceEndpoints: [], publicLoadBalancers: false },
  network: { cidrBlock: "10.100.0.0/20", publicZone: "harbour.example" },
  registry: {},
} satisfies AccountInput;
