import { loadCompany, removeFolders, type Change } from "../../support/company";
import { CERTIFICATE, MIGRATING, SHOP } from "../../support/migrations";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

type Values = Readonly<Record<string, unknown>>;

const REASON = "Agreed with the owner until the cutover";
const waiver = (control: string, values: Values = {}) => ({
  control,
  reason: REASON,
  owner: "shop@acme.example",
  expires: "2099-01-31",
  ...values,
});
const shop = (values: Values, files: Readonly<Record<string, string>> = {}): Change => ({
  ...MIGRATING,
  migrations: { shop: { ...SHOP, ...values } },
  files: { ...MIGRATING.files, ...files },
});
const source = (values: Values) => shop({ source: { ...SHOP.source, ...values } });
const target = (values: Values) => shop({ target: { ...SHOP.target, ...values } });
const task = (values: Values, more: Values = {}) => shop({ task: { ...SHOP.task, ...values }, ...more });
const settings = (values: Values, more: Values = {}) => task({ settings: values }, more);
const account = (values: Values): Change => ({
  ...MIGRATING,
  accounts: { live: { ...((MIGRATING.accounts ?? {})["live"] as Values), ...values } },
});
const oneWay = { reverse: {}, rollback: { strategy: "dual-write", decisionOwner: "cto@acme.example" } };
const SERVERLESS = { mode: "serverless", maxCapacityUnits: 8 };
const MYSQL = { engineName: "mysql", secret: "migration/shop-source", certificate: "former.pem" };
const MONGODB = { engineName: "mongodb", secret: "migration/shop-source", databaseName: "shop" };

describe("migrations by DMS that are accepted", () => {
  it.each<[string, Change]>([
    ["PostgreSQL to Aurora, with a way back", shop({})],
    ["serverless, one way", shop({ compute: SERVERLESS, validation: {}, ...oneWay })],
    [
      "no TLS, with a waiver",
      shop({
        source: { ...SHOP.source, sslMode: "none", certificate: undefined },
        waivers: [waiver("sslMode", { subject: "source" })],
      }),
    ],
    [
      "MongoDB, compared by counts",
      shop({
        source: MONGODB,
        target: { ...MONGODB, engineName: "docdb", certificate: "rds.pem" },
        task: { tableMappings: { selection: [{ schemaName: "shop" }] } },
        validation: { enabled: false },
        waivers: [waiver("validation", { evidence: "countDocuments and dbHash, see CHG-1042" })],
        ...oneWay,
      }),
    ],
    ["changes alone, from a position", task({ migrationType: "cdc", cdcStartPosition: "4AF/B00000D0" })],
  ])("%s", (_, change) => expect(() => loadCompany(change)).not.toThrow());
});

describe("what is refused of a migration by DMS", () => {
  it.each<[string, Change, object]>([
    [
      "loopback prevention with batches",
      settings(
        { batchApplyEnabled: true, lob: { mode: "limited" } },
        { reverse: { enabled: true, loopbackPrevention: true } },
      ),
      {
        path: "task.settings.batchApplyEnabled",
        allowed: expect.stringContaining("false with reverse.loopback"),
      },
    ],
    [
      "batches with all of large objects",
      settings({ batchApplyEnabled: true }),
      { path: "task.settings.lob.mode", allowed: expect.stringContaining("limited or none") },
    ],
    [
      "a way back with DMS Serverless",
      shop({ compute: SERVERLESS, validation: {} }),
      { path: "reverse.enabled", allowed: expect.stringContaining("one direction") },
    ],
    [
      "a task of its own that compares, with DMS Serverless",
      shop({ compute: SERVERLESS, ...oneWay }),
      { path: "validation.separateTask", allowed: expect.stringContaining("one task") },
    ],
    [
      "a start of changes with DMS Serverless",
      task(
        { migrationType: "cdc", cdcStartPosition: "4AF/B00000D0" },
        { compute: SERVERLESS, validation: {}, ...oneWay },
      ),
      { path: "task.cdcStartPosition", allowed: expect.stringContaining("when the replication is started") },
    ],
    [
      "a password beside the secret",
      source({ password: "hunter2" }),
      { path: "source.password", mend: "remove the field" },
    ],
    [
      "credentials among connection attributes",
      shop({
        source: {
          engineName: "sqlserver",
          secret: "migration/shop-source",
          databaseName: "shop",
          certificate: "former.pem",
          extraConnectionAttributes: { tlogAccessMode: "PreferTlog", asmPassword: "hunter2" },
        },
      }),
      { path: "source.extraConnectionAttributes.asmPassword", given: expect.stringContaining("not shown") },
    ],
    [
      "no secret",
      source({ secret: undefined }),
      { path: "source.secret", allowed: expect.stringContaining("inline") },
    ],
    [
      "a secret that is not there",
      source({ secret: "migration/shop-sourc" }),
      { path: "source.secret", mend: 'write "migration/shop-source"' },
    ],
    [
      "a secret where DMS does not read",
      {
        ...account({
          secrets: {
            "migration/shop-source": { store: "parameterStore", description: "User of the former shop" },
            "migration/shop-target": { description: "User of the new shop database" },
          },
        }),
      },
      { path: "source.secret", mend: expect.stringContaining("secretsManager") },
    ],
    [
      "no TLS without a waiver",
      source({ sslMode: "none", certificate: undefined }),
      {
        path: "source.sslMode",
        given: "none",
        allowed: expect.stringContaining("waiver of the control sslMode"),
      },
    ],
    [
      "no TLS with a waiver of the other end",
      shop({
        source: { ...SHOP.source, sslMode: "none", certificate: undefined },
        waivers: [waiver("sslMode", { subject: "target" })],
      }),
      { path: "source.sslMode" },
    ],
    [
      "no TLS by default, since the engine has none without a certificate",
      shop({ source: { ...MYSQL, certificate: undefined }, ...oneWay }),
      { path: "source.sslMode", mend: "name a source.certificate" },
    ],
    [
      "a mode that the engine does not have",
      shop({ source: { ...MYSQL, sslMode: "require" }, ...oneWay }),
      { path: "source.sslMode", allowed: expect.stringContaining("verify-ca, verify-full") },
    ],
    [
      "verification by nothing",
      source({ sslMode: "verify-full", certificate: undefined }),
      { path: "source.sslMode", allowed: expect.stringContaining("together with certificate") },
    ],
    [
      "a certificate that nobody looks at",
      source({ sslMode: "require" }),
      { path: "source.sslMode", allowed: expect.stringContaining("require would not look at it") },
    ],
    [
      "a certificate for an engine that takes none",
      {
        ...account({ data: { databases: { shop: { logicalReplication: true } }, buckets: { dump: {} } } }),
        migrations: {
          shop: {
            ...SHOP,
            source: {
              engineName: "s3",
              store: "dump",
              certificate: "former.pem",
              s3Settings: { externalTableDefinition: "{}" },
            },
            task: { ...SHOP.task, migrationType: "full-load" },
            validation: { enabled: false },
            waivers: [waiver("validation")],
            ...oneWay,
          },
        },
      },
      { path: "source.certificate", allowed: "nothing: S3 takes no certificate" },
    ],
    [
      "large objects of any size into files",
      {
        ...account({ data: { databases: { shop: { logicalReplication: true } }, buckets: { dump: {} } } }),
        migrations: {
          shop: {
            ...SHOP,
            target: { engineName: "s3", store: "dump" },
            validation: { enabled: false },
            waivers: [waiver("validation")],
            ...oneWay,
          },
        },
      },
      { path: "task.settings.lob.mode", allowed: expect.stringContaining("limited mode only") },
    ],
    [
      "files that are compared row by row",
      {
        ...account({ data: { databases: { shop: { logicalReplication: true } }, buckets: { dump: {} } } }),
        migrations: {
          shop: {
            ...SHOP,
            target: { engineName: "s3", store: "dump" },
            task: { ...SHOP.task, settings: { lob: { mode: "limited" } } },
            validation: {},
            ...oneWay,
          },
        },
      },
      { path: "validation.enabled", allowed: expect.stringContaining("DMS cannot compare") },
    ],
    [
      "filters of tables that % stands for",
      task({
        tableMappings: {
          selection: [
            {
              schemaName: "public",
              filters: [{ columnName: "id", filterConditions: [{ filterOperator: "gte", value: "1000" }] }],
            },
          ],
        },
      }),
      { path: "task.tableMappings.selection[0].filters", allowed: expect.stringContaining("named in full") },
    ],
    [
      "one explicit table that is many",
      task({ tableMappings: { selection: [{ schemaName: "public", ruleAction: "explicit" }] } }),
      { path: "task.tableMappings.selection[0].ruleAction", allowed: expect.stringContaining("one table") },
    ],
    [
      "filters of what is left out",
      task({
        tableMappings: {
          selection: [
            { schemaName: "public" },
            {
              schemaName: "public",
              tableName: "audit",
              ruleAction: "exclude",
              filters: [{ columnName: "id", filterConditions: [{ filterOperator: "gte", value: "1000" }] }],
            },
          ],
        },
      }),
      { path: "task.tableMappings.selection[1].filters", allowed: expect.stringContaining("with include") },
    ],
    [
      "a certificate that is not there",
      source({ certificate: "formr.pem" }),
      { path: "source.certificate", mend: 'write "former.pem"' },
    ],
    [
      "a private key in a certificate's file",
      shop({}, { "migrations/certificates/former.pem": `${CERTIFICATE}-----BEGIN PRIVATE KEY-----\n` }),
      { path: "source.certificate", allowed: expect.stringContaining("private key") },
    ],
    [
      "PEM for Oracle, which has wallets",
      shop({
        source: {
          engineName: "oracle",
          secret: "migration/shop-source",
          databaseName: "ORCL",
          certificate: "former.pem",
        },
        ...oneWay,
      }),
      { path: "source.certificate", allowed: expect.stringContaining("wallet") },
    ],
    [
      "a database's name where it never settles",
      shop({ source: { ...MYSQL, databaseName: "shop" }, ...oneWay }),
      { path: "source.databaseName", allowed: expect.stringContaining("set it again in every plan") },
    ],
    [
      "no database where there must be one",
      source({ databaseName: undefined }),
      { path: "source.databaseName" },
    ],
    [
      "settings of another engine",
      source({ mysqlSettings: { eventsPollInterval: 10 } }),
      { path: "source.mysqlSettings", allowed: "settings of PostgreSQL" },
    ],
    [
      "MongoDB as a target",
      target({ engineName: "mongodb", store: undefined }),
      { path: "target.engineName", allowed: expect.stringContaining("docdb") },
    ],
    [
      "a store of another engine",
      target({ engineName: "mysql", databaseName: undefined }),
      { path: "target.engineName", allowed: expect.stringContaining('"aurora-postgresql" or "postgres"') },
    ],
    ["a store that is not there", target({ store: "shpo" }), { path: "target.store", mend: 'write "shop"' }],
    [
      "a point in time in PostgreSQL's changes",
      task({ migrationType: "cdc", cdcStartTime: "2026-03-01T08:00:00Z" }),
      { path: "task.cdcStartTime", allowed: expect.stringContaining("positions and no times") },
    ],
    [
      "a start of changes with a load",
      task({ cdcStartPosition: "4AF/B00000D0" }),
      { path: "task.cdcStartPosition", allowed: expect.stringContaining("full-load-and-cdc") },
    ],
    [
      "a zone with two zones",
      shop({ compute: { ...SHOP.compute, multiAz: true, availabilityZone: "a" } }),
      { path: "compute.availabilityZone", allowed: expect.stringContaining("nothing with multiAz") },
    ],
    [
      "capacity that grows downwards",
      shop({ compute: { ...SERVERLESS, minCapacityUnits: 16 }, validation: {}, ...oneWay }),
      { path: "compute.minCapacityUnits", allowed: "at most maxCapacityUnits, 8" },
    ],
    [
      "a way back from a store whose changes nobody can read",
      account({ data: { databases: { shop: {} } } }),
      {
        path: "reverse.enabled",
        mend: expect.stringContaining("data.databases.shop.logicalReplication: true"),
      },
    ],
    [
      "a way back into what DMS cannot write",
      shop({ source: MONGODB, validation: { enabled: false }, waivers: [waiver("validation")] }),
      { path: "reverse.enabled", allowed: expect.stringContaining("back to MongoDB") },
    ],
    [
      "a way back that cannot undo what changed on the way there",
      task({
        tableMappings: {
          selection: [{ schemaName: "public" }],
          transformation: [
            { ruleTarget: "table", ruleAction: "convert-lowercase", schemaName: "public", tableName: "%" },
          ],
        },
      }),
      { path: "task.tableMappings.transformation[0]", mend: "write reverse.tableMappings" },
    ],
    [
      "loopback prevention without a way back",
      shop({ ...oneWay, reverse: { loopbackPrevention: true } }),
      { path: "reverse.loopbackPrevention" },
    ],
    [
      "validation of what DMS cannot compare",
      shop({
        source: MONGODB,
        target: { ...MONGODB, engineName: "docdb", certificate: "rds.pem" },
        ...oneWay,
      }),
      {
        path: "validation.enabled",
        allowed: expect.stringContaining("DMS cannot compare MongoDB with DocumentDB"),
      },
    ],
    [
      "no validation without a waiver",
      shop({ validation: { enabled: false } }),
      { path: "validation.enabled", allowed: expect.stringContaining("waiver of the control validation") },
    ],
    [
      "a filter without its value",
      task({
        tableMappings: {
          selection: [
            {
              schemaName: "public",
              filters: [
                { columnName: "id", filterConditions: [{ filterOperator: "between", startValue: "1" }] },
              ],
            },
          ],
        },
      }),
      {
        path: "task.tableMappings.selection[0].filters[0].filterConditions[0]",
        allowed: "between with startValue and endValue",
      },
    ],
    [
      "a rename to nothing",
      task({
        tableMappings: {
          selection: [{ schemaName: "public" }],
          transformation: [{ ruleTarget: "schema", ruleAction: "rename", schemaName: "public" }],
        },
      }),
      { path: "task.tableMappings.transformation[0].value" },
    ],
    [
      "mappings that include nothing",
      task({ tableMappings: { selection: [{ schemaName: "public", ruleAction: "exclude" }] } }),
      { path: "task.tableMappings.selection" },
    ],
  ])("%s", (_, change, expected) => {
    const found = violationsOf(() => loadCompany(change));

    expect(found).toContainEqual(expect.objectContaining(expected));
    expect(JSON.stringify(found.filter(({ path }) => path !== "source.password"))).not.toContain("hunter2");
  });
});

describe("settings that never settle, or that stop a running task, cannot be written", () => {
  it.each([
    "logging",
    "cloudWatchLogGroup",
    "cloudWatchLogStream",
    "enableLogContext",
    "ttSettings",
    "failTaskOnTTFailure",
    "fullLoadSettings",
    "parallelLoadThreads",
    "parallelApplyBufferSize",
    "parallelApplyQueuesPerThread",
    "parallelLoadQueuesPerThread",
    "beforeImageSettings",
    "characterSetSettings",
    "loopbackPreventionSettings",
    "postProcessingRules",
  ])("%s", (key) => {
    expect(violationsOf(() => loadCompany(settings({ [key]: {} })))).toContainEqual(
      expect.objectContaining({ path: `task.settings.${key}`, given: key }),
    );
  });

  it("a number as text", () => {
    expect(violationsOf(() => loadCompany(settings({ commitRate: "10000" })))).toContainEqual(
      expect.objectContaining({ path: "task.settings.commitRate", mend: "write 10000, without quotes" }),
    );
  });
});
