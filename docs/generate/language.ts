import { account } from "../../environments/schema/account";
import { api, authorizer, cors } from "../../environments/schema/api";
import { auth, oidc } from "../../environments/schema/auth";
import { PRESET_NAMES, PRESETS, capabilities, workingHours } from "../../environments/schema/capabilities";
import { continuousIntegration } from "../../environments/schema/continuous-integration";
import { data } from "../../environments/schema/data";
import { auroraMysql, auroraPostgresql } from "../../environments/schema/data/aurora";
import { fromCluster, fromInstance, fromSnapshot } from "../../environments/schema/data/database-fields";
import { mariadb, mysql, postgres, sqlServer } from "../../environments/schema/data/rds-instance";
import { delivery } from "../../environments/schema/delivery";
import { edge } from "../../environments/schema/edge";
import { facts } from "../../environments/schema/facts";
import { capacityProvider, hosting, loadBalancer } from "../../environments/schema/hosting";
import { network } from "../../environments/schema/network";
import { organizationalUnits } from "../../environments/schema/organizational-units";
import { observability } from "../../environments/schema/observability";
import { organization } from "../../environments/schema/organization";
import { messaging } from "../../environments/schema/queue";
import { quotas } from "../../environments/schema/quotas";
import { registry } from "../../environments/schema/registry";
import { secret } from "../../environments/schema/secrets";
import { service } from "../../environments/schema/service";
import { logConfiguration } from "../../environments/schema/service/log-configuration";
import { door, share } from "../../environments/schema/service/door";
import { apiRoute } from "../../environments/schema/service/api-route";
import { networkDoor } from "../../environments/schema/service/network-door";
import { statement } from "../../environments/schema/statement";
import { waiver } from "../../environments/schema/waiver";
import { webAcl } from "../../environments/schema/web-acl";
import { fieldTable, objectAt } from "./field-table";
import { MIGRATION_SECTIONS } from "./migration-sections";
import type { Section } from "./section";

const SECTIONS: readonly Section[] = [
  {
    title: "Organization",
    about: "`organization.ts`: a company, and what all its accounts have in common.",
    schema: organization,
  },
  ...continuousIntegration.options.map((schema) => ({
    title: `CI on ${{ github: "GitHub", gitlab: "GitLab", bitbucket: "Bitbucket" }[schema.shape.provider.value]}`,
    about: "`continuousIntegration` of the organization.",
    schema,
  })),
  ...delivery.options.map((schema) => ({
    title: `Delivery by ${{ codepipeline: "CodePipeline", github: "GitHub", gitlab: "GitLab" }[schema.shape.provider.value]}`,
    about: "`delivery` of the organization: from a git tag to running tasks.",
    schema,
  })),
  {
    title: "Organizational unit",
    about: "An entry of `organizationalUnits`: accounts that are governed alike.",
    schema: organizationalUnits.valueType,
  },
  {
    title: "Waiver",
    about: "An entry of `waivers`: a reasoned, owned and dated exception from one guardrail.",
    schema: waiver,
  },
  {
    title: "Account",
    about: "`accounts/<account>.ts`. A section that is there makes a stack; one that is not makes none.",
    schema: account,
  },
  {
    title: "Capabilities",
    about: "What an account can do and affords; `preset` fills all of them, `capabilities` overrides some.",
    schema: capabilities,
  },
  {
    title: "Working hours",
    about: "Outside these hours an environment's task counts are zero.",
    schema: workingHours,
  },
  { title: "Network", about: "The account's VPC and DNS zones.", schema: network },
  {
    title: "Site-to-site VPN",
    about: "An entry of `network.siteToSiteVpns`, by name.",
    schema: objectAt(network, "siteToSiteVpns"),
  },
  {
    title: "Customer gateway",
    about: "`customerGateway` of a site-to-site VPN.",
    schema: objectAt(objectAt(network, "siteToSiteVpns"), "customerGateway"),
  },
  { title: "Hosting", about: "The ECS cluster and what is in front of it.", schema: hosting },
  { title: "Load balancer", about: "An entry of `hosting.loadBalancers`, by name.", schema: loadBalancer },
  { title: "Web ACL", about: "`hosting.webAcl`.", schema: webAcl },
  {
    title: "Quotas",
    about: "`quotas` of an account: what AWS allows it, told before a synth.",
    schema: quotas,
  },
  {
    title: "Test listener",
    about: "`testListener` of a load balancer.",
    schema: objectAt(loadBalancer, "testListener"),
  },
  {
    title: "Capacity provider",
    about: "An entry of `hosting.capacityProviders`, by name: EC2 instances that tasks run on.",
    schema: capacityProvider,
  },
  { title: "Observability", about: "`observability` of an account.", schema: observability },
  {
    title: "Addresses by severity",
    about: "`observability.emails`.",
    schema: objectAt(observability, "emails"),
  },
  { title: "Slack", about: "`observability.slack`.", schema: objectAt(observability, "slack") },
  { title: "Queue", about: "`queue` of an account: topics, queues, brokers.", schema: messaging },
  { title: "Topic", about: "An entry of `queue.topics`, by name.", schema: objectAt(messaging, "topics") },
  {
    title: "Queue entry",
    about: "An entry of `queue.queues`, by name.",
    schema: objectAt(messaging, "queues"),
  },
  { title: "Broker", about: "An entry of `queue.brokers`, by name.", schema: objectAt(messaging, "brokers") },
  { title: "Auth", about: "`auth` of an account: people at the public door.", schema: auth },
  { title: "Auth client", about: "An entry of `auth.clients`, by name.", schema: objectAt(auth, "clients") },
  { title: "OIDC", about: "`auth.oidc`: an identity provider instead of a user pool.", schema: oidc },
  {
    title: "API",
    about: "An entry of `apis` of an account, by name: a public door of API Gateway.",
    schema: api,
  },
  { title: "Authorizer", about: "An entry of `authorizers` of an API, by name.", schema: authorizer },
  { title: "Throttling", about: "`throttling` of an API.", schema: objectAt(api, "throttling") },
  { title: "CORS", about: "`cors` of an API.", schema: cors },
  { title: "API alarms", about: "`alarms` of an API.", schema: objectAt(api, "alarms") },
  { title: "Data", about: "`data` of an account: what must not be lost.", schema: data },
  {
    title: "Cache",
    about: "An entry of `data.caches`, by name: ElastiCache.",
    schema: objectAt(data, "caches"),
  },
  {
    title: "In-memory database",
    about: "An entry of `data.memoryDatabases`, by name: MemoryDB.",
    schema: objectAt(data, "memoryDatabases"),
  },
  {
    title: "Database",
    about:
      "An entry of `data.databases`, by name: an Aurora PostgreSQL cluster unless `engine` says another.",
    schema: auroraPostgresql,
  },
  {
    title: "Database of Aurora MySQL",
    about: "An entry of `data.databases` whose `engine` is `aurora-mysql`.",
    schema: auroraMysql,
  },
  ...Object.entries({ PostgreSQL: postgres, MySQL: mysql, MariaDB: mariadb, "SQL Server": sqlServer }).map(
    ([engine, schema]) => ({
      title: `Database of ${engine}`,
      about: "An entry of `data.databases` of that `engine`: an instance of RDS.",
      schema,
    }),
  ),
  {
    title: "Serverless",
    about: "`serverless` of an Aurora cluster.",
    schema: objectAt(auroraPostgresql, "serverless"),
  },
  {
    title: "Reader autoscaling",
    about: "`readerAutoScaling` of an Aurora cluster.",
    schema: objectAt(auroraPostgresql, "readerAutoScaling"),
  },
  {
    title: "Global database",
    about: "`global` of an Aurora cluster.",
    schema: objectAt(auroraPostgresql, "global"),
  },
  {
    title: "Restore from a cluster",
    about: "`restoreFrom` of an Aurora cluster: a point in time of another.",
    schema: fromCluster,
  },
  {
    title: "Restore from an instance",
    about: "`restoreFrom` of an instance of RDS: a point in time of another.",
    schema: fromInstance,
  },
  {
    title: "Restore from a snapshot",
    about: "`restoreFrom` of any database: a snapshot.",
    schema: fromSnapshot,
  },
  {
    title: "Search domain",
    about: "An entry of `data.searchDomains`, by name: OpenSearch.",
    schema: objectAt(data, "searchDomains"),
  },
  { title: "Bucket", about: "An entry of `data.buckets`, by name.", schema: objectAt(data, "buckets") },
  ...(
    [
      ["Transition", "An entry of `transitions` of a bucket.", "transitions"],
      ["Object Lock", "`objectLock` of a bucket.", "objectLock"],
      ["What the law keeps", "`mustKeep` of a bucket.", "mustKeep"],
      ["Copies elsewhere", "`replicateTo` of a bucket.", "replicateTo"],
    ] as const
  ).map(([title, about, field]) => ({ title, about, schema: objectAt(objectAt(data, "buckets"), field) })),
  {
    title: "File system",
    about: "An entry of `data.fileSystems`, by name.",
    schema: objectAt(data, "fileSystems"),
  },
  {
    title: "Access point",
    about: "An entry of `accessPoints` of a file system, by name.",
    schema: objectAt(objectAt(data, "fileSystems"), "accessPoints"),
  },
  {
    title: "Document database",
    about: "An entry of `data.documentDatabases`, by name.",
    schema: objectAt(data, "documentDatabases"),
  },
  {
    title: "MySQL cluster",
    about: "An entry of `data.mysqlClusters`, by name.",
    schema: objectAt(data, "mysqlClusters"),
  },
  {
    title: "Packages of a MySQL cluster",
    about: "`packages` of a MySQL cluster.",
    schema: objectAt(objectAt(data, "mysqlClusters"), "packages"),
  },
  { title: "Table", about: "An entry of `data.tables`, by name.", schema: objectAt(data, "tables") },
  {
    title: "Capacity of a table",
    about: "`capacity.read` and `capacity.write` of a table.",
    schema: objectAt(objectAt(objectAt(data, "tables"), "capacity"), "read"),
  },
  {
    title: "Global secondary index",
    about: "An entry of `globalSecondaryIndexes` of a table, by name.",
    schema: objectAt(objectAt(data, "tables"), "globalSecondaryIndexes"),
  },
  {
    title: "Local secondary index",
    about: "An entry of `localSecondaryIndexes` of a table, by name.",
    schema: objectAt(objectAt(data, "tables"), "localSecondaryIndexes"),
  },
  { title: "Volume", about: "An entry of `data.volumes`, by name.", schema: objectAt(data, "volumes") },
  {
    title: "Stream",
    about: "An entry of `data.streams`, by name: a Kinesis data stream.",
    schema: objectAt(data, "streams"),
  },
  {
    title: "Delivery stream",
    about: "An entry of `data.deliveryStreams`, by name: Firehose, from a stream into a bucket.",
    schema: objectAt(data, "deliveryStreams"),
  },
  {
    title: "Database outside",
    about: "An entry of `data.externalDatabases`, by name.",
    schema: objectAt(data, "externalDatabases"),
  },
  {
    title: "Private endpoint",
    about: "`privateLink` of a database outside.",
    schema: objectAt(objectAt(data, "externalDatabases"), "privateLink"),
  },
  { title: "Edge", about: "`edge` of an account: what people reach first.", schema: edge },
  { title: "Site", about: "An entry of `edge.sites`, by name.", schema: objectAt(edge, "sites") },
  { title: "DNS record", about: "An entry of `edge.records`, by name.", schema: objectAt(edge, "records") },
  { title: "Secret", about: "An entry of `secrets`, by name such as `charging/database`.", schema: secret },
  { title: "Registry", about: "Container images, in one account of the organization.", schema: registry },
  {
    title: "Service",
    about:
      "`services/<service>.ts`. `overrides`, by account, says what differs there: any field but `name`, `accounts` and `source`.",
    schema: service,
  },
  { title: "Source", about: "`source` of a service.", schema: objectAt(service, "source") },
  {
    title: "Load balancer entry of a service",
    about: "An entry of `loadBalancers` with `alb`: a host and a path of an Application Load Balancer.",
    schema: door,
  },
  { title: "Share", about: "An entry of `shares` of such an entry.", schema: share },
  {
    title: "Network load balancer entry of a service",
    about: "An entry of `loadBalancers` with `nlb`: a port of a Network Load Balancer.",
    schema: networkDoor,
  },
  { title: "API entry of a service", about: "An entry of `apis` of a service.", schema: apiRoute },
  { title: "Health check", about: "`healthCheck` of a service.", schema: objectAt(service, "healthCheck") },
  {
    title: "Container health check",
    about: "`containerHealthCheck` of a service.",
    schema: objectAt(service, "containerHealthCheck"),
  },
  {
    title: "Capacity provider strategy",
    about: "An entry of `capacityProviderStrategy` of a service.",
    schema: objectAt(service, "capacityProviderStrategy"),
  },
  {
    title: "Sidecar",
    about: "An entry of `sidecars` of a service, by name.",
    schema: objectAt(service, "sidecars"),
  },
  {
    title: "Init container",
    about: "An entry of `initContainers` of a service, by name.",
    schema: objectAt(service, "initContainers"),
  },
  {
    title: "Volume of another container",
    about: "An entry of `volumes` of a sidecar or an init container, by name.",
    schema: objectAt(objectAt(service, "sidecars"), "volumes"),
  },
  {
    title: "Linux parameters",
    about: "`linuxParameters` of a service, a sidecar or an init container.",
    schema: objectAt(service, "linuxParameters"),
  },
  {
    title: "Folder in memory",
    about: "An entry of `linuxParameters.tmpfs`.",
    schema: objectAt(objectAt(service, "linuxParameters"), "tmpfs"),
  },
  { title: "Limit", about: "An entry of `ulimits`, by name.", schema: objectAt(service, "ulimits") },
  ...logConfiguration.options.map((schema) => ({
    title: `Logs to ${schema.shape.destination.value}`,
    about: "`logConfiguration` of a service.",
    schema,
  })),
  {
    title: "Service Connect",
    about: "`serviceConnect` of a service.",
    schema: objectAt(service, "serviceConnect"),
  },
  { title: "Autoscaling", about: "`autoScaling` of a service.", schema: objectAt(service, "autoScaling") },
  {
    title: "Step scaling",
    about: "An entry of `stepScaling` of `autoScaling`, by name.",
    schema: objectAt(objectAt(service, "autoScaling"), "stepScaling"),
  },
  {
    title: "Metric of step scaling",
    about: "`metric` of an entry of `stepScaling`.",
    schema: objectAt(objectAt(objectAt(service, "autoScaling"), "stepScaling"), "metric"),
  },
  {
    title: "Step",
    about: "An entry of `steps` of step scaling.",
    schema: objectAt(objectAt(objectAt(service, "autoScaling"), "stepScaling"), "steps"),
  },
  {
    title: "Scheduled action",
    about: "An entry of `scheduledActions` of `autoScaling`, by name.",
    schema: objectAt(objectAt(service, "autoScaling"), "scheduledActions"),
  },
  { title: "Alarms", about: "`alarms` of a service.", schema: objectAt(service, "alarms") },
  { title: "Schedule", about: "`schedule` of a scheduled task.", schema: objectAt(service, "schedule") },
  {
    title: "Mount",
    about: "An entry of `volumes` of a service, by name.",
    schema: objectAt(service, "volumes"),
  },
  {
    title: "Function",
    about: "An entry of `functions` of a service, by name.",
    schema: objectAt(service, "functions"),
  },
  {
    title: "Function's stream",
    about: "`stream` of a function: how Lambda reads it.",
    schema: objectAt(objectAt(service, "functions"), "stream"),
  },
  {
    title: "Deployment configuration",
    about: "`deploymentConfiguration` of a service.",
    schema: objectAt(service, "deploymentConfiguration"),
  },
  {
    title: "Canary",
    about: "`canaryConfiguration` of a deployment.",
    schema: objectAt(objectAt(service, "deploymentConfiguration"), "canaryConfiguration"),
  },
  {
    title: "Linear",
    about: "`linearConfiguration` of a deployment.",
    schema: objectAt(objectAt(service, "deploymentConfiguration"), "linearConfiguration"),
  },
  { title: "Egress", about: "An entry of `egress`.", schema: objectAt(service, "egress") },
  { title: "Task role statement", about: "An entry of `taskRoleStatements`.", schema: statement },
  ...MIGRATION_SECTIONS,
  { title: "Facts", about: "`facts/<account>.json`, written by `slipway facts --write`.", schema: facts },
];

/** The reference of the language, from the schemas themselves. */
export function languageReference(): string {
  const sections = SECTIONS.map(
    ({ title, about, schema }) => `## ${title}\n\n${about}\n\n${fieldTable(schema)}`,
  );
  return [
    "# The language",
    "Generated from `environments/schema/` by `npm run docs`. An unknown field is an error everywhere.",
    ...sections,
    `## Presets\n\n${presetTable()}`,
  ]
    .join("\n\n")
    .concat("\n");
}

function presetTable(): string {
  const show = (value: unknown) =>
    Array.isArray(value)
      ? value.join(", ") || "none"
      : typeof value === "object" && value !== null
        ? "office hours"
        : String(value ?? "always");
  const rows = Object.keys(capabilities.shape).map((key) => {
    const values = PRESET_NAMES.map((name) =>
      show(Object.entries(PRESETS[name]).find(([field]) => field === key)?.[1]),
    );
    return `| \`${key}\` | ${values.join(" | ")} |`;
  });
  return [
    `| capability | ${PRESET_NAMES.join(" | ")} |`,
    `|-|${PRESET_NAMES.map(() => "-|").join("")}`,
    ...rows,
  ].join("\n");
}
