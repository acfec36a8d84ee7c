import type { MigrationInput } from "../../../environments/schema/migration";
import { overVpn } from "../former-cloud";

/** Who is signed in, and who calls how often: a Redis with AUTH, so that RIOT copies it and follows. */
export default {
  kind: "redis",
  id: "sessions",
  owner: "platform@chargemap.example",
  changeRef: "CHG-2066",
  account: "live",
  description: "Sessions and counters in Redis, from the former cloud into ElastiCache",
  phase: "validated",
  network: overVpn("10.20.20.0/28"),
  mode: "client-replication",
  source: {
    host: "redis.former-cloud.chargemap.example",
    port: 6380,
    version: "6.2",
    secret: "migration/sessions-source",
  },
  target: { cache: "sessions", secret: "migration/sessions-target" },
  riot: {
    image:
      "public.ecr.aws/chargemap/riot:4.3.0@sha256:5d0c1ab9e83f4672d1c95e0b7fa2386c419de70b52c8f6a3904ed17b8c25fa60",
  },
  databases: [0, 1],
  keyspaceNotifications: true,
  rollback: { strategy: "reverse-copy", windowHours: 24, decisionOwner: "platform@chargemap.example" },
} satisfies MigrationInput;
