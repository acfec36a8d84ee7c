import type { MigrationInput } from "../../../environments/schema/migration";

/** The last part of Heroku: its Redis, and with it the apps' requests, which Cloudflare leads over step by step. */
export default {
  kind: "redis",
  id: "redis",
  owner: "backend@bond-touch.example",
  changeRef: "BOND-2187",
  account: "production",
  description: "Presence and sessions, from Heroku's Redis add-on into MemoryDB",
  phase: "cutover",
  mode: "client-replication",
  network: { path: "egress", cidrBlocks: ["198.51.100.64/28"] },
  source: {
    host: "redis.heroku.example",
    port: 16379,
    secret: "migration/heroku-redis",
    version: "7.0",
  },
  target: { memoryDatabase: "presence", secret: "migration/presence" },
  riot: {
    image:
      "400000000002.dkr.ecr.us-east-1.amazonaws.com/riot@sha256:7d1f0a2b9c8e4d3f6a5b0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5",
  },
  // As `heroku redis:keyspace-notifications` turned them on: what changes at Heroku follows until the last step.
  keyspaceNotifications: true,
  traffic: {
    provider: "cloudflare",
    accountId: "3f1c9a5e7b2d4086a1c3e5f708192a3b",
    zoneId: "b7d9e1f30a2c4e6880917a5b3c1d2e4f",
    records: [
      {
        name: "api.bond-touch-app.example",
        from: "bond-server.heroku.example",
        to: "api.production.bond-touch.example",
      },
    ],
    monitor: { path: "/health" },
    steps: [5, 25, 50, 100],
    step: 2,
  },
  // Heroku stays, with less of it, as a backup until the second region is one.
  rollback: { strategy: "reverse-copy", windowHours: 168, decisionOwner: "cto@bond-touch.example" },
} satisfies MigrationInput;
