import type { AccountInput } from "../../../environments/schema/account";
import { environment } from "../common";

export default {
  name: "production",
  id: "400000000004",
  email: "aws-production@bond-touch.example",
  preset: "live",
  network: { cidrBlock: "10.41.0.0/16" },
  ...environment,
  secrets: {
    ...environment.secrets,
    "migration/presence": { description: "User of MemoryDB that RIOT signs in as while keys are copied" },
    "migration/heroku-redis": {
      description: "User of the Redis add-on, as heroku redis:credentials shows it",
    },
  },
  data: {
    ...environment.data,
    memoryDatabases: { presence: { ...environment.data.memoryDatabases.presence, nodeType: "db.r7g.large" } },
    externalDatabases: {
      bonds: {
        ...environment.data.externalDatabases.bonds,
        privateLink: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718" },
      },
    },
    buckets: {
      ...environment.data.buckets,
      warehouse: { replicateTo: { account: "production-west", bucket: "warehouse" } },
    },
  },
} satisfies AccountInput;
