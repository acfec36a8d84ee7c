import type { AccountInput } from "../../../environments/schema/account";

export default {
  name: "shared-services",
  id: "200000000002",
  email: "aws-shared-services@chargemap.example",
  kind: "shared-services",
  organizationalUnit: "infrastructure",
  preset: "live",
  capabilities: { natGateways: "none", interfaceEndpoints: [] },
  network: { cidrBlock: "10.64.0.0/20", publicZone: "chargemap.example" },
  registry: { keepImages: 100, replicateTo: "eu-west-1" },
} satisfies AccountInput;
