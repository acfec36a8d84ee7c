import type { DmsMigration } from "../../environments/schema/migration/dms";
import type { Evidence } from "../../environments/schema/migration/evidence";
import type { MigrationInput } from "../../environments/schema/migration";
import { nextPhase, phasesBefore, type Phase } from "../../environments/schema/migration/phase";
import type { Change } from "./company";

/** A certificate authority's certificate, as far as its form goes. */
export const CERTIFICATE =
  "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUBmA=\n-----END CERTIFICATE-----\n";

/** A shop's PostgreSQL, which moves from a former provider into ACME's account live. */
export const SHOP = {
  kind: "dms",
  id: "shop",
  owner: "shop@acme.example",
  changeRef: "CHG-1042",
  account: "live",
  description: "The shop's PostgreSQL, from the former provider",
  phase: "prepare",
  network: { path: "vpn", vpn: "former", cidrBlocks: ["192.168.10.0/24"] },
  source: {
    engineName: "postgres",
    secret: "migration/shop-source",
    databaseName: "shop",
    certificate: "former.pem",
  },
  target: {
    engineName: "aurora-postgresql",
    store: "shop",
    secret: "migration/shop-target",
    databaseName: "shop",
    certificate: "rds.pem",
  },
  compute: { mode: "instance", replicationInstanceClass: "dms.r6i.large" },
  task: {
    tableMappings: {
      selection: [{ schemaName: "public" }],
      transformation: [{ ruleTarget: "schema", ruleAction: "rename", schemaName: "public", value: "shop" }],
    },
  },
  validation: { separateTask: true },
  reverse: { enabled: true },
  rollback: { strategy: "reverse-replication", decisionOwner: "cto@acme.example" },
} as const satisfies MigrationInput & { readonly kind: DmsMigration["kind"] };

/** ACME with the shop on its way, and all that this takes. */
export const MIGRATING: Change = {
  accounts: {
    live: {
      network: {
        siteToSiteVpns: {
          former: { customerGateway: { ipAddress: "198.51.100.7" }, staticCidrBlocks: ["192.168.10.0/24"] },
        },
      },
      secrets: {
        "migration/shop-source": { description: "User of the former shop database" },
        "migration/shop-target": { description: "User of the new shop database" },
      },
      data: { databases: { shop: { logicalReplication: true } } },
    },
  },
  migrations: { shop: SHOP },
  files: {
    "migrations/certificates/former.pem": CERTIFICATE,
    "migrations/certificates/rds.pem": CERTIFICATE,
  },
};

/** Evidence that a phase was left as it should be. */
export function evidence(id: string, from: Phase, account = "live"): Evidence {
  return {
    migration: id,
    account,
    from,
    to: nextPhase(from) ?? from,
    at: "2026-03-01T08:00:00Z",
    by: `arn:aws:sts::200000000003:assumed-role/slipway-release/${id}`,
    changeRef: "CHG-1042",
    gates: [{ gate: "connections", value: "successful", limit: "successful", holds: true, waived: false }],
    waivers: [],
    definition: "0".repeat(64),
    notes: {},
  };
}

/** The files of the evidence with which a migration has come into a phase. */
export function evidenceFiles(id: string, phase: Phase, account = "live"): Readonly<Record<string, string>> {
  return Object.fromEntries(
    phasesBefore(phase).map((from) => [
      `migrations/evidence/${id}/${from}.json`,
      JSON.stringify(evidence(id, from, account)),
    ]),
  );
}

/** ACME with the shop in a phase, which it came into through all those before; `shop` changes its definition. */
export function migratingIn(phase: Phase, shop: Readonly<Record<string, unknown>> = {}): Change {
  return {
    ...MIGRATING,
    migrations: { shop: { ...SHOP, phase, ...shop } },
    files: { ...MIGRATING.files, ...evidenceFiles("shop", phase) },
  };
}
