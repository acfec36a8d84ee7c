import type { OrganizationInput } from "../../environments/schema/organization";

/** ChargeMap: charging stations on a map, and a way to pay at each of them. More than 175 services. */
export default {
  name: "chargemap",
  domain: "chargemap.example",
  region: "eu-west-3",
  owner: "platform@chargemap.example",
  costCentre: "platform",
  continuousIntegration: { provider: "gitlab", project: "chargemap/platform/infrastructure" },
  policyTypes: ["SERVICE_CONTROL_POLICY"],
  organizationalUnits: {
    infrastructure: { serviceControlPolicies: ["denyLeavingOrganization", "denyRootUser"] },
    workloads: { serviceControlPolicies: ["denyLeavingOrganization", "denyOtherRegions", "denyRootUser"] },
    production: { parent: "workloads" },
    "pre-production": { parent: "workloads" },
  },
} satisfies OrganizationInput;
