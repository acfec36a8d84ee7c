import { dmsMigration } from "../../environments/schema/migration/dms";
import { evidence } from "../../environments/schema/migration/evidence";
import { migrationNetwork } from "../../environments/schema/migration/network";
import { opensearchMigration } from "../../environments/schema/migration/opensearch";
import { redisMigration } from "../../environments/schema/migration/redis";
import { traffic } from "../../environments/schema/migration/traffic";
import { objectAt } from "./field-table";
import type { Section } from "./section";

const task = objectAt(dmsMigration, "task");
const mappings = objectAt(task, "tableMappings");
const selection = objectAt(mappings, "selection");
const filter = objectAt(selection, "filters");
const transformation = objectAt(mappings, "transformation");
const settings = objectAt(task, "settings");
const endpoint = objectAt(dmsMigration, "source");

const COMPUTE = { instance: "a replication instance", serverless: "DMS Serverless" } as const;

/** `migrations/<id>.ts`, and what is below it. */
export const MIGRATION_SECTIONS: readonly Section[] = [
  {
    title: "Migration by DMS",
    about: "`migrations/<id>.ts` of kind `dms`: databases and buckets.",
    schema: dmsMigration,
  },
  ...migrationNetwork.options.map((schema) => ({
    title: `Way to the source: ${schema.shape.path.value}`,
    about: "`network` of a migration.",
    schema,
  })),
  {
    title: "Gates",
    about: "`gates` of a migration.",
    schema: objectAt(dmsMigration, "gates"),
  },
  ...traffic.options.map((schema) => ({
    title: `Traffic by ${{ route53: "Route 53", cloudflare: "Cloudflare" }[schema.shape.provider.value]}`,
    about: "`traffic` of a migration.",
    schema,
  })),
  {
    title: "Moving name",
    about: "An entry of `records` of `traffic`.",
    schema: objectAt(traffic.options[0], "records"),
  },
  {
    title: "Monitor of Cloudflare",
    about: "`monitor` of `traffic` by Cloudflare.",
    schema: objectAt(traffic.options[1], "monitor"),
  },
  { title: "Rollback", about: "`rollback` of a migration.", schema: objectAt(dmsMigration, "rollback") },
  {
    title: "Waiver of a migration",
    about: "An entry of `waivers` of a migration.",
    schema: objectAt(dmsMigration, "waivers"),
  },
  { title: "Endpoint", about: "`source` and `target` of a migration by DMS.", schema: endpoint },
  ...(["mysqlSettings", "postgresSettings", "mongodbSettings", "s3Settings"] as const).map((field) => ({
    title: `Endpoint: ${field}`,
    about: `\`${field}\` of an endpoint.`,
    schema: objectAt(endpoint, field),
  })),
  ...dmsMigration.shape.compute.options.map((schema) => ({
    title: `Compute: ${COMPUTE[schema.shape.mode.value]}`,
    about: "`compute` of a migration by DMS.",
    schema,
  })),
  { title: "Task", about: "`task` of a migration by DMS.", schema: task },
  { title: "Table mappings", about: "`tableMappings` of a task.", schema: mappings },
  { title: "Selection", about: "An entry of `selection` of table mappings.", schema: selection },
  { title: "Filter", about: "An entry of `filters` of a selection.", schema: filter },
  {
    title: "Filter condition",
    about: "An entry of `filterConditions` of a filter.",
    schema: objectAt(filter, "filterConditions"),
  },
  {
    title: "Transformation",
    about: "An entry of `transformation` of table mappings.",
    schema: transformation,
  },
  {
    title: "Data type",
    about: "`dataType` of a transformation.",
    schema: objectAt(transformation, "dataType"),
  },
  { title: "Task settings", about: "`settings` of a task.", schema: settings },
  { title: "Large objects", about: "`lob` of task settings.", schema: objectAt(settings, "lob") },
  {
    title: "Error behaviour",
    about: "`errorBehavior` of task settings.",
    schema: objectAt(settings, "errorBehavior"),
  },
  {
    title: "Changes of tables",
    about: "`changeProcessingDdlHandlingPolicy` of task settings.",
    schema: objectAt(settings, "changeProcessingDdlHandlingPolicy"),
  },
  {
    title: "Validation",
    about: "`validation` of a migration by DMS.",
    schema: objectAt(dmsMigration, "validation"),
  },
  {
    title: "Reverse",
    about: "`reverse` of a migration by DMS.",
    schema: objectAt(dmsMigration, "reverse"),
  },
  {
    title: "Migration of Redis",
    about: "`migrations/<id>.ts` of kind `redis`.",
    schema: redisMigration,
  },
  {
    title: "Source of keys",
    about: "`source` of a migration of Redis.",
    schema: objectAt(redisMigration, "source"),
  },
  {
    title: "Target of keys",
    about: "`target` of a migration of Redis.",
    schema: objectAt(redisMigration, "target"),
  },
  {
    title: "RIOT",
    about: "`riot` of a migration of Redis.",
    schema: objectAt(redisMigration, "riot"),
  },
  {
    title: "Migration of Elasticsearch",
    about: "`migrations/<id>.ts` of kind `opensearch`.",
    schema: opensearchMigration,
  },
  {
    title: "Source of indices",
    about: "`source` of a migration of Elasticsearch.",
    schema: objectAt(opensearchMigration, "source"),
  },
  {
    title: "Target of indices",
    about: "`target` of a migration of Elasticsearch.",
    schema: objectAt(opensearchMigration, "target"),
  },
  {
    title: "Migration Assistant",
    about: "`assistant` of a migration of Elasticsearch.",
    schema: objectAt(opensearchMigration, "assistant"),
  },
  {
    title: "Evidence",
    about: "`migrations/evidence/<id>/<phase>.json`, written by `slipway migrate advance`.",
    schema: evidence,
  },
  {
    title: "Gate in evidence",
    about: "An entry of `gates` of evidence.",
    schema: objectAt(evidence, "gates"),
  },
];
