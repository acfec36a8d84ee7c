import type { AccountInput } from "../../environments/schema/account";

/** What both environments have; an account says beside it what differs there. */
export const environment = {
  hosting: { loadBalancers: { public: { scheme: "internet-facing" } } },
  secrets: {
    // What were Heroku's config vars: one JSON, of which each service is given the keys that it reads.
    "bond-server/config-vars": {
      description: "Config vars of the backend as JSON: connection strings and keys of other companies' APIs",
    },
    "bond-server/firebase": {
      description: "Service account of Firebase as JSON: sign-in, realtime database and cloud storage",
    },
  },
  queue: { queues: { touches: {} } },
  data: {
    // Heroku's add-on; MemoryDB keeps what it was told.
    memoryDatabases: { presence: { engine: "redis", engineVersion: "7.1" } },
    externalDatabases: { bonds: { kind: "mongodb-atlas", secret: "bond-server/config-vars:MONGODB_URI" } },
    buckets: { touches: { expireAfterDays: 400 }, warehouse: {} },
  },
} as const satisfies Partial<AccountInput>;
