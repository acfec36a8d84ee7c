import type { OrganizationInput } from "./schema/organization";

/** eeMobility: green charging for company fleets. Four environments beside management and shared services. */
export default {
  name: "eemobility",
  domain: "eemobility.example",
  region: "eu-central-1",
  owner: "platform@eemobility.example",
  costCentre: "platform",
  continuousIntegration: { provider: "github", repository: "eemobility/infrastructure" },
} satisfies OrganizationInput;
