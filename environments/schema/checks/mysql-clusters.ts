import type { Account } from "../account";
import type { MysqlCluster } from "../data/mysql-cluster";
import type { Fleet } from "../fleet";
import { INSTANCE_TYPES } from "../instance-types";
import { mysqlReplicas, OWN_MYSQL_VARIABLES } from "../mysql";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

const LEAST_RETENTION = 7;

/** What members reach in isolated subnets, where nothing else is. */
const NEEDED_ENDPOINTS = ["logs", "monitoring", "secretsmanager", "ssm", "ssmmessages"];

/** Clusters have instances that can run MySQL, a way to its packages, and somebody who writes. */
export function checkMysqlClusters(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const file = fleet.sources.accounts[account.name] ?? account.name;
    const clusters = Object.entries(account.data?.mysqlClusters ?? {});
    return [
      ...clusters.flatMap(([name, cluster]) =>
        [
          ...instanceFaults(cluster, account),
          ...placeFaults(cluster, account),
          ...restFaults(cluster, account),
        ].map(({ path, ...found }) => ({
          ...found,
          file,
          path: `${formatPath(["data", "mysqlClusters", name])}.${path}`,
        })),
      ),
      ...(clusters.length > 0 ? endpoints(account).map((found) => ({ ...found, file })) : []),
    ];
  });
}

function instanceFaults({ instanceType, packages: { key } }: MysqlCluster, account: Account): Found[] {
  const type = INSTANCE_TYPES.get(instanceType);
  if (type === undefined) {
    const meant = nearest(instanceType, [...INSTANCE_TYPES.keys()]);
    return [
      {
        path: "instanceType",
        given: instanceType,
        allowed: `an instance type that ${account.name} may have, such as m7g.large`,
        ...(meant === undefined ? {} : { mend: `write "${meant}"` }),
      },
    ];
  }
  const suffix = type.cpuArchitecture === "ARM64" ? "aarch64" : "x86_64";
  return key.includes(`.${suffix}.`)
    ? []
    : [
        {
          path: "packages.key",
          given: key,
          allowed: `a bundle for ${suffix}, which ${instanceType} is`,
          mend: `take the bundle whose name has .${suffix}., or another instanceType`,
        },
      ];
}

function placeFaults({ packages, replicationSecret }: MysqlCluster, account: Account): Found[] {
  const buckets = Object.keys(account.data?.buckets ?? {});
  const meantBucket = nearest(packages.bucket, buckets);
  const secrets = Object.entries(account.secrets)
    .filter(([, { store }]) => store === "secretsManager")
    .map(([name]) => name);
  const meantSecret = nearest(replicationSecret, secrets);
  return [
    ...(buckets.includes(packages.bucket)
      ? []
      : [
          {
            path: "packages.bucket",
            given: packages.bucket,
            allowed: `a bucket of ${account.name}: ${buckets.join(", ") || "it has none"}`,
            mend: meantBucket === undefined ? "declare it in data.buckets" : `write "${meantBucket}"`,
          },
        ]),
    ...(secrets.includes(replicationSecret)
      ? []
      : [
          {
            path: "replicationSecret",
            given: replicationSecret,
            allowed: `a secret of ${account.name} in Secrets Manager: ${secrets.join(", ") || "it has none"}`,
            mend:
              meantSecret === undefined
                ? `declare it in secrets of ${account.name}`
                : `write "${meantSecret}"`,
          },
        ]),
  ];
}

function restFaults(cluster: MysqlCluster, account: Account): Found[] {
  const { primary, backupRetentionDays, parameters } = cluster;
  const members = 1 + mysqlReplicas(account, cluster);
  return [
    ...(primary > members
      ? [{ path: "primary", given: primary, allowed: `the number of a member, 1 to ${members}` }]
      : []),
    ...(account.capabilities.deletionProtection && backupRetentionDays < LEAST_RETENTION
      ? [
          {
            path: "backupRetentionDays",
            given: backupRetentionDays,
            allowed: `at least ${LEAST_RETENTION} in an account whose stores are protected`,
          },
        ]
      : []),
    ...Object.entries(parameters)
      .filter(
        ([name]) =>
          name in OWN_MYSQL_VARIABLES || ["server_id", "super_read_only", "read_only"].includes(name),
      )
      .map(([name, value]) => ({
        path: formatPath(["parameters", name]),
        given: value,
        allowed: "nothing: the platform sets it, for TLS, replication or migrations",
      })),
  ];
}

function endpoints({ capabilities }: Account): Found[] {
  const missing = NEEDED_ENDPOINTS.filter((name) => !capabilities.interfaceEndpoints.includes(name));
  return missing.length === 0
    ? []
    : [
        {
          path: "capabilities.interfaceEndpoints",
          given: capabilities.interfaceEndpoints,
          allowed: `at least ${missing.join(", ")} too: MySQL's instances are in isolated subnets, which have no other way to AWS`,
          mend: "add them",
        },
      ];
}
