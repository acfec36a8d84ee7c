import type { OrganizationInput } from "../../environments/schema/organization";

/** ChargeMap: charging stations on a map, and a way to pay at each of them. More than 175 services. */
export default {
  name: "chargemap",
  domain: "chargemap.example",
  region: "eu-west-3",
  owner: "platform@chargemap.example",
  costCentre: "platform",
  allowedRegions: ["eu-west-3", "eu-west-1", "us-east-1"],
  continuousIntegration: { provider: "gitlab", project: "chargemap/platform/infrastructure" },
  policyTypes: ["SERVICE_CONTROL_POLICY"],
  organizationalUnits: {
    infrastructure: { serviceControlPolicies: ["denyLeavingOrganization", "denyRootUser"] },
    workloads: { serviceControlPolicies: ["denyLeavingOrganization", "denyOtherRegions", "denyRootUser"] },
    production: { parent: "workloads" },
    "pre-production": { parent: "workloads" },
  },
  // A tag of a service's project starts its pipeline; live waits for an approval.
  delivery: { provider: "codepipeline", owner: "chargemap", approvers: ["releases@chargemap.example"] },
} satisfies OrganizationInput;
