import type { OrganizationInput } from "../../environments/schema/organization";

/** Bracelets that let two people touch from afar: a backend that moved from Heroku onto ECS, with GitLab. */
export default {
  name: "bond-touch",
  domain: "bond-touch.example",
  region: "us-east-1",
  allowedRegions: ["us-east-1", "us-west-2"],
  owner: "platform@bond-touch.example",
  continuousIntegration: { provider: "gitlab", project: "bond-touch/platform" },
  // A tag of a project is checked, tested and built; whoever deploys it presses a button.
  delivery: { provider: "gitlab", group: "bond-touch", stages: ["staging", "production", "production-west"] },
} satisfies OrganizationInput;
