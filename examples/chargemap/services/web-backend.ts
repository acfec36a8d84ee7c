import type { ServiceInput } from "../../../environments/schema/service";

/** The site that search engines read. */
export default {
  name: "web-backend",
  owner: "platform@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "www" }],
  // Marketing moves the traffic by hand, in CodeDeploy, on the day of a campaign.
  deploymentConfiguration: { controller: "CODE_DEPLOY", strategy: "BLUE_GREEN" },
  overrides: { live: { cpu: 1024, memory: 2048, autoScaling: { minCapacity: 3, maxCapacity: 20 } } },
} satisfies ServiceInput;
