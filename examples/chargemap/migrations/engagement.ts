import type { MigrationInput } from "../../../environments/schema/migration";

/** MySQL of another provider, which lets in the fixed addresses of live and has no VPN. */
export default {
  kind: "dms",
  id: "engagement",
  owner: "engagement@chargemap.example",
  changeRef: "CHG-2083",
  account: "live",
  description: "Notifications and flags in MySQL, from the mailing provider into Aurora",
  phase: "full-load",
  network: { path: "egress", cidrBlocks: ["198.51.100.32/28"] },
  source: {
    engineName: "mysql",
    secret: "migration/engagement-source",
    certificate: "former-cloud.pem",
  },
  target: {
    engineName: "aurora",
    store: "engagement",
    secret: "migration/engagement-target",
    certificate: "rds-eu-west-3.pem",
  },
  compute: { mode: "instance", replicationInstanceClass: "dms.t3.medium" },
  task: { tableMappings: { selection: [{ schemaName: "engagement" }] } },
  rollback: { strategy: "dual-write", windowHours: 24, decisionOwner: "engagement@chargemap.example" },
} satisfies MigrationInput;
