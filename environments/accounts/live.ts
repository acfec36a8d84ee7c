import { auth, data, edge, hosting, queue, searchInstances, secrets } from "../common";
import type { AccountInput } from "../schema/account";

export default {
  name: "live",
  id: "100000000003",
  email: "aws-live@eemobility.example",
  preset: "live",
  network: { cidrBlock: "10.20.0.0/16" },
  secrets,
  queue: { ...queue, brokers: { stations: { instanceType: "mq.m5.large" } } },
  auth: { ...auth, mfa: "ON" },
  data: {
    ...data,
    databases: {
      charging: { instanceClass: "db.r7g.large" },
      business: { instanceClass: "db.r7g.large" },
    },
    volumes: { search: { size: 500 } },
  },
  edge: {
    ...edge,
    records: {
      mail: {
        name: "live.eemobility.example",
        type: "TXT",
        values: ["v=spf1 -all"],
      },
    },
  },
  hosting: {
    ...hosting,
    capacityProviders: {
      instances: { instanceTypes: ["m7i.xlarge", "m6i.xlarge"], minSize: 3, maxSize: 12 },
      search: searchInstances,
    },
    defaultCapacityProvider: "instances",
  },
} satisfies AccountInput;
