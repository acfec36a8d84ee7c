import type { AccountInput } from "../../../environments/schema/account";
import { auth, data, databases, edge, hosting, queue, secrets } from "../common";

export default {
  name: "live",
  id: "200000000003",
  email: "aws-live@chargemap.example",
  organizationalUnit: "production",
  preset: "live",
  network: { cidrBlock: "10.80.0.0/16" },
  secrets,
  queue,
  auth: { ...auth, mfa: "ON" },
  data: {
    ...data,
    databases: {
      ...databases,
      charging: { instanceClass: "db.r7g.xlarge" },
      drivers: { instanceClass: "db.r7g.large" },
      payments: { instanceClass: "db.r7g.large" },
      roaming: { instanceClass: "db.r7g.large" },
      stations: { instanceClass: "db.r7g.2xlarge", readers: 2 },
    },
    volumes: { search: { size: 300, iops: 6000, throughput: 250 } },
  },
  edge: {
    ...edge,
    records: { mail: { name: "live.chargemap.example", type: "TXT", values: ["v=spf1 -all"] } },
  },
  hosting,
} satisfies AccountInput;
