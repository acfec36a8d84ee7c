import type { AccountInput } from "../../../environments/schema/account";

export default {
  name: "shared-services",
  id: "400000000002",
  email: "aws-shared-services@bond-touch.example",
  kind: "shared-services",
  preset: "live",
  capabilities: { natGateways: "none", interfaceEndpoints: [], publicLoadBalancers: false },
  network: { cidrBlock: "10.40.0.0/20", publicZone: "bond-touch.example" },
  registry: {},
} satisfies AccountInput;
