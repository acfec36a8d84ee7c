import type { Account } from "../account";
import type { Fleet } from "../fleet";
import type { DmsMigration } from "../migration/dms";
import { ENGINE, type EngineName } from "../migration/engines";
import { nearest } from "../parse";
import type { Violation } from "../violation";
import { perDmsMigration, type Found } from "./per-migration";

type End = "source" | "target";
const ENDS = ["source", "target"] as const;

/** Each end of a migration by DMS is one that its engine can be, with credentials in a secret and in nothing else. */
export function checkDmsEndpoints(fleet: Fleet): Violation[] {
  return perDmsMigration(fleet, (migration, account) => [
    ...ENDS.flatMap((end) => [
      ...side(migration, end),
      ...database(migration, end),
      ...settings(migration, end),
      ...store(migration, end, account),
      ...credentials(migration, end, account),
    ]),
    ...(["sourceSecret", "targetSecret"] as const).flatMap((field) =>
      secret(migration.reverse[field], `reverse.${field}`, account),
    ),
  ]);
}

const titles = (able: (engine: EngineName) => boolean) =>
  (Object.keys(ENGINE) as EngineName[]).filter(able).join(", ");

function side(migration: DmsMigration, end: End): Found[] {
  const { engineName } = migration[end];
  if (ENGINE[engineName][end]) return [];
  return [
    {
      path: `${end}.engineName`,
      given: engineName,
      allowed: `an engine that DMS takes as a ${end}: ${titles((engine) => ENGINE[engine][end])}`,
    },
  ];
}

function database(migration: DmsMigration, end: End): Found[] {
  const { engineName, databaseName } = migration[end];
  const { title, databaseName: named } = ENGINE[engineName];
  const path = `${end}.databaseName`;
  if (named && databaseName === undefined)
    return [
      { path, given: "nothing", inWords: true, allowed: `the database of ${title} that DMS connects to` },
    ];
  if (named || databaseName === undefined) return [];
  return [
    {
      path,
      given: databaseName,
      allowed: `nothing for ${title}: with a secret, Terraform would set it again in every plan`,
      mend: "remove it; schemaName of the table mappings says which databases move",
    },
  ];
}

const SETTINGS = {
  mysqlSettings: ["mysql"],
  postgresSettings: ["postgres"],
  mongodbSettings: ["mongodb"],
  s3Settings: ["s3"],
  extraConnectionAttributes: ["oracle", "sqlserver"],
} as const;
const CREDENTIAL = /user|pass|secret|credential|accesskey/i;

function settings(migration: DmsMigration, end: End): Found[] {
  const definition = migration[end];
  const { family, title } = ENGINE[definition.engineName];
  const strangers = (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[])
    .filter((field) => definition[field] !== undefined)
    .filter((field) => !(SETTINGS[field] as readonly string[]).includes(family))
    .map((field) => ({
      path: `${end}.${field}`,
      given: definition[field],
      allowed: `settings of ${title}`,
      mend: "remove it",
    }));
  const inline = Object.keys(definition.extraConnectionAttributes ?? {})
    .filter((name) => CREDENTIAL.test(name))
    .map((name) => ({
      path: `${end}.extraConnectionAttributes.${name}`,
      given: "what looks like credentials (not shown)",
      inWords: true,
      allowed: "settings; credentials are in the secret, since all of this stays in the state",
      mend: `move it into the secret ${definition.secret ?? ""}`.trimEnd(),
    }));
  const tables = definition.s3Settings?.externalTableDefinition;
  const untold =
    definition.engineName === "s3" && end === "source" && !isJson(tables)
      ? [
          {
            path: "source.s3Settings.externalTableDefinition",
            given: tables ?? "nothing",
            ...(tables === undefined ? { inWords: true } : {}),
            allowed: "JSON that says which tables the files in the bucket are",
          },
        ]
      : [];
  return [...strangers, ...inline, ...untold];
}

function isJson(text: string | undefined): boolean {
  if (text === undefined) return false;
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Engines as which DMS reaches a store, the closest first, by the store's kind or a database's engine. */
const ENGINES_OF: Readonly<Record<string, readonly EngineName[]>> = {
  buckets: ["s3"],
  documentDatabases: ["docdb"],
  mysqlClusters: ["mysql"],
  "aurora-postgresql": ["aurora-postgresql", "postgres"],
  "aurora-mysql": ["aurora", "mysql"],
  postgres: ["postgres"],
  mysql: ["mysql"],
  mariadb: ["mariadb"],
  sqlserver: ["sqlserver"],
};

/** The store of a name among those that replication can reach: its kind, and the engines as which. */
function reachable({ data }: Account, name: string) {
  const database = data?.databases[name];
  if (database !== undefined)
    return { kind: "databases", engines: ENGINES_OF[database.engine.replace(/^sqlserver-.*/, "sqlserver")] };
  const kind = Object.entries(data ?? {}).find(([, stores]) => name in stores)?.[0];
  return kind === undefined ? undefined : { kind, engines: ENGINES_OF[kind] };
}

function store(migration: DmsMigration, end: End, account: Account): Found[] {
  const { engineName, store: named } = migration[end];
  const path = `${end}.store`;
  if (named === undefined)
    return engineName === "s3"
      ? [{ path, given: "nothing", inWords: true, allowed: `a bucket of data.buckets of ${account.name}` }]
      : [];
  const found = reachable(account, named);
  if (found === undefined) {
    const stores = Object.values(account.data ?? {}).flatMap((entries) => Object.keys(entries));
    const meant = nearest(named, stores);
    return [
      {
        path,
        given: named,
        allowed: `a store of ${account.name}: ${stores.join(", ") || "it has none"}`,
        mend: meant === undefined ? `declare it in data of ${account.name}` : `write "${meant}"`,
      },
    ];
  }
  if (found.engines === undefined)
    return [
      {
        path,
        given: named,
        allowed: `a database, a DocumentDB, a MySQL cluster or a bucket; ${named} is in data.${found.kind} of ${account.name}`,
      },
    ];
  return found.engines.includes(engineName)
    ? []
    : [
        {
          path: `${end}.engineName`,
          given: engineName,
          allowed: `${found.engines.map((engine) => `"${engine}"`).join(" or ")}, which ${named} of ${account.name} is`,
        },
      ];
}

function credentials(migration: DmsMigration, end: End, account: Account): Found[] {
  const { engineName, secret: named } = migration[end];
  const path = `${end}.secret`;
  if (engineName === "s3")
    return named === undefined
      ? []
      : [{ path, given: named, allowed: "nothing for s3: DMS enters by its role", mend: "remove it" }];
  return named === undefined
    ? [
        {
          path,
          given: "nothing",
          inWords: true,
          allowed:
            "a secret of the account with {username, password, host, port}; inline credentials would stay in the state",
          mend: `declare it in secrets of ${account.name} and fill it by slipway secrets`,
        },
      ]
    : secret(named, path, account);
}

function secret(named: string | undefined, path: string, { name: account, secrets }: Account): Found[] {
  if (named === undefined) return [];
  const found = secrets[named];
  if (found === undefined) {
    const meant = nearest(named, Object.keys(secrets));
    return [
      {
        path,
        given: named,
        allowed: `a secret of ${account}: ${Object.keys(secrets).join(", ") || "it has none"}`,
        mend: meant === undefined ? `declare it in secrets of ${account}` : `write "${meant}"`,
      },
    ];
  }
  return found.store === "secretsManager"
    ? []
    : [
        {
          path,
          given: named,
          allowed: "a secret in Secrets Manager, the only place that DMS reads from",
          mend: `set secrets.${named}.store of ${account} to "secretsManager"`,
        },
      ];
}
