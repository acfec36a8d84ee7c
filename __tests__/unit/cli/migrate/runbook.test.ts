import { spawnSync } from "node:child_process";
import { createProgram } from "../../../../cli/program";
import { runbookOf } from "../../../../cli/migrate/runbook/runbook";
import type { Fleet } from "../../../../environments/schema/fleet";
import { migration as migrationSchema } from "../../../../environments/schema/migration";
import { loadCompany, removeFolders } from "../../../support/company";
import { BY_CLOUDFLARE } from "../../../support/traffic";
import { MIGRATING, SHOP } from "../../../support/migrations";

let fleet: Fleet;
beforeAll(() => {
  fleet = loadCompany(MIGRATING);
});
afterAll(removeFolders);

const TRAFFIC = {
  provider: "route53",
  records: [{ name: "shop.acme.example", from: "old.example.com", to: "new.example.com" }],
  ttl: 30,
};

function runbook(change: Readonly<Record<string, unknown>> = {}, egress?: readonly string[]): string {
  const account = fleet.accounts.find(({ name }) => name === "live");
  if (account === undefined) throw new Error("no account");
  return runbookOf(fleet, account, migrationSchema.parse({ ...SHOP, traffic: TRAFFIC, ...change }), egress);
}

const engine = (engineName: string, more = {}) => ({
  source: { engineName, secret: "migration/shop-source", databaseName: "shop", ...more },
  target: { engineName, secret: "migration/shop-target", databaseName: "shop", ...more },
});
const REDIS = {
  kind: "redis",
  id: "sessions",
  owner: "shop@acme.example",
  changeRef: "CHG-7",
  account: "live",
  description: "The sessions of the shop, from the former provider",
  phase: "prepare",
  network: { path: "vpn", vpn: "former", cidrBlocks: ["192.168.10.0/24"] },
  mode: "elasticache-online",
  source: { host: "192.168.10.9", tls: false, version: "6.2" },
  target: { cache: "sessions" },
  databases: [0, 1],
  rollback: { strategy: "dual-write", decisionOwner: "cto@acme.example" },
};
const SEARCH = {
  ...REDIS,
  kind: "opensearch",
  id: "catalogue",
  mode: "snapshot",
  source: { endpoint: "https://search.example.com:9200", version: "7.10.2", secret: "migration/shop-source" },
  target: { searchDomain: "catalogue" },
  indices: ["products-*"],
};

function other(definition: Readonly<Record<string, unknown>>): string {
  const account = fleet.accounts.find(({ name }) => name === "live");
  if (account === undefined) throw new Error("no account");
  const { databases: _databases, ...plain } = definition;
  return runbookOf(
    fleet,
    account,
    migrationSchema.parse(definition["kind"] === "opensearch" ? plain : definition),
  );
}

const ALL: readonly (readonly [string, () => string])[] = [
  ["PostgreSQL", () => runbook()],
  ["MySQL", () => runbook(engine("mysql", { databaseName: undefined }))],
  ["Oracle", () => runbook({ ...engine("oracle"), reverse: { enabled: false } })],
  ["SQL Server", () => runbook(engine("sqlserver"))],
  [
    "MongoDB",
    () => runbook({ ...engine("mongodb"), validation: { enabled: false }, reverse: { enabled: false } }),
  ],
  ["online migration of ElastiCache", () => other(REDIS)],
  ["seed of ElastiCache", () => other({ ...REDIS, mode: "rdb-seed" })],
  ["RIOT", () => other({ ...REDIS, mode: "client-replication" })],
  ["snapshot of Elasticsearch", () => other(SEARCH)],
  ["Migration Assistant", () => other({ ...SEARCH, mode: "migration-assistant" })],
];

/** What a shell is given. */
const blocks = (text: string) => [...text.matchAll(/^```sh\n([^]*?)^```/gm)].map(([, body = ""]) => body);

/** Commands of slipway in a text, each as its words. */
const slipwayCommands = (text: string) =>
  blocks(text)
    .flatMap((block) => block.split("\n"))
    .filter((line) => line.startsWith("slipway "))
    .map((line) =>
      (line.replace(/ # .*$/, "").match(/'[^']*'|"[^"]*"|\S+/g) ?? [])
        .slice(1)
        .map((word) => word.replaceAll(/['"]/g, "")),
    );

describe.each(ALL)("the runbook of %s", (_, write) => {
  const text = () => write();

  it("leaves nothing to look up: no placeholder, nothing undefined", () => {
    const withoutHereDocuments = text().replaceAll(/<<<?-?'?\w*'?|<\(/g, "");
    expect(withoutHereDocuments.match(/<[a-zA-Z_][\w .-]*>/g)).toBeNull();
    expect(text()).not.toMatch(/undefined|\[object|NaN|TODO|XXX/);
  });

  it("is of the organization that it was written from, whichever that is", () =>
    expect(write()).toMatch(/^export AWS_REGION=\S+ SLIPWAY_ORGANIZATION=\S+$/m));

  it("is taken back without the evidence of what did not last", () =>
    expect(write()).toMatch(
      /# phase: "validated"\nrm -f \S+\/validated\.json \S+\/cutover\.json[^]*?\ngit push\nslipway up /,
    ));

  it("names who answers and who decides, the account, and its limits", () => {
    for (const word of [
      "shop@acme.example",
      "cto@acme.example",
      "200000000003",
      "eu-central-1",
      "≤ 60 s for 15 min",
    ])
      expect(text()).toContain(word);
  });

  it("writes commands that slipway takes", () => {
    const commands = slipwayCommands(text());
    expect(commands.length).toBeGreaterThan(15);
    const program = createProgram();
    for (const words of commands) {
      const verb = program.commands.find((each) => each.name() === words[0]);
      const nested = verb?.commands.find((each) => each.name() === words[1]);
      const command = nested ?? verb;
      if (command === undefined) throw new Error(`slipway ${words.join(" ")}`);
      const rest = words.slice(nested === undefined ? 1 : 2);
      const { operands, unknown } = command.parseOptions([...rest]);
      expect({ words, unknown }).toEqual({ words, unknown: [] });
      const required = command.registeredArguments.filter((argument) => argument.required).length;
      expect(operands.length).toBeGreaterThanOrEqual(required);
    }
  });

  it("writes blocks that a shell reads", () => {
    const script = blocks(text()).join("\n");
    const { status, stderr } = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("leaves each phase in its order", () => {
    const left = [...text().matchAll(/git commit -m "[\w-]+: ([\w-]+)"/g)].map(([, phase]) => phase);
    expect(left).toEqual([
      "full-load",
      "cdc",
      "validated",
      "cutover",
      "rollback-window",
      "decommission",
      "done",
    ]);
  });

  it("enters the cutover after the go only, and pushes each phase before it is applied", () => {
    const all = text();
    expect(all.indexOf("Go given by, at")).toBeLessThan(all.indexOf(': cutover"'));
    expect(all.indexOf(': validated"')).toBeLessThan(all.indexOf("Go or no-go"));
    const committing = blocks(all).filter((block) => /git commit -m "[\w-]+: (?!done)/.test(block));
    for (const block of committing) expect(block).toMatch(/git commit .*\ngit push\n[^]*slipway up/);
  });

  it("goes in the order of an operator", () => {
    const titles = [...text().matchAll(/^## \d+\. (.*)$/gm)].map(([, title = ""]) => title);
    const order = [
      /Scope/,
      /Prerequisites/,
      /Deploy/,
      /load|Snapshot|Capture/i,
      /alidation/,
      /Rehearsal/,
      /day before/,
      /Go or no-go/,
      /Freeze/,
      /traffic/,
      /Smoke/,
      /Rollback branch/,
      /window/,
      /Decommission/,
    ];
    const at = order.map((title) => titles.findIndex((each) => title.test(each)));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at).not.toContain(-1);
  });
});

describe("keys and indices", () => {
  it("runs RIOT where its stack put it, and nothing of it by hand", () => {
    const text = other({ ...REDIS, mode: "client-replication", target: { cache: "sessions", secret: "a" } });
    expect(text).not.toMatch(/^riot /m);
    for (const part of ["scan", "compare"]) expect(text).toContain(`riot_task live-sessions-${part}-1`);
    expect(text).toMatch(/update-service .*--service live-sessions-live-0 --desired-count 0/);
    expect(text).toMatch(/target_redis\(\) \{ REDISCLI_AUTH=.* --user /);
  });

  it("brings a snapshot into the bucket that the stack made", () => {
    const text = other({ ...REDIS, mode: "rdb-seed" });
    expect(text).toMatch(/aws s3 cp sessions\.rdb s3:\/\/acme-live-seed-sessions-200000000003\//);
    expect(text).not.toMatch(/create-bucket|s3 rb/);
  });

  it("leaves slipway's own credentials alone", () => {
    expect(other(SEARCH)).not.toMatch(/export AWS_ACCESS_KEY_ID|eval /);
    expect(other(SEARCH)).toMatch(/assume-role .*role\/slipway\/live-catalogue-snapshot-writer/);
  });
});

describe("SQL by engine", () => {
  it.each([
    [
      "PostgreSQL",
      {},
      [
        /SHOW wal_level/,
        /pg_current_wal_lsn/,
        /setval\(/,
        /pg_drop_replication_slot/,
        /default_transaction_read_only = on/,
      ],
    ],
    [
      "MySQL",
      engine("mysql", { databaseName: undefined }),
      [/binlog_row_image/, /SHOW MASTER STATUS/, /AUTO_INCREMENT/, /ACCOUNT LOCK/, /binlog retention hours/],
    ],
    [
      "Oracle",
      { ...engine("oracle"), reverse: { enabled: false } },
      [/ARCHIVELOG/, /supplemental_log_data_min/, /DBMS_METADATA/],
    ],
    [
      "SQL Server",
      engine("sqlserver"),
      [/recovery_model_desc/, /DBCC CHECKIDENT/, /ALTER LOGIN/, /is_cdc_enabled/],
    ],
    [
      "MongoDB",
      { ...engine("mongodb"), validation: { enabled: false }, reverse: { enabled: false } },
      [/replSetGetStatus/, /countDocuments/, /getReplicationInfo/],
    ],
  ])("%s", (_, change, statements) => {
    for (const statement of statements) expect(runbook(change)).toMatch(statement);
  });

  it("takes nothing of an application away at the end", () => {
    const postgres = runbook();
    expect(postgres).toMatch(/REASSIGN OWNED BY ":TARGET_USER:" TO CURRENT_USER; DROP OWNED BY/);
    expect(postgres).not.toMatch(/CASCADE/);
    const settings = { controlSchema: "public" };
    expect(runbook({ task: { ...SHOP.task, settings } })).not.toMatch(/DROP SCHEMA/);
    const mysql = runbook(engine("mysql", { databaseName: undefined }));
    expect(mysql).not.toMatch(/^DROP DATABASE/m);
    expect(mysql).toMatch(/DROP DATABASE[^;]*;[^;]*AND NOT EXISTS \([^;]*NOT LIKE 'awsdms/);
    expect(runbook({ ...engine("oracle"), reverse: { enabled: false } })).toMatch(
      /DROP USER[^;]*;[^;]*AND NOT EXISTS \([^;]*NOT LIKE 'awsdms/,
    );
  });

  it("opens what it froze: PostgreSQL's sessions write, and RDS ends sessions by its procedure", () => {
    const postgres = runbook();
    expect(postgres).toMatch(/PGOPTIONS="-c default_transaction_read_only=off" psql --no-psqlrc --quiet/);
    expect(postgres.match(/ALTER DATABASE "shop" RESET default_transaction_read_only/g)).toHaveLength(3);
    expect(runbook(engine("mysql", { databaseName: undefined }))).toMatch(/CALL mysql\.rds_kill\(/);
  });

  it("keeps the log of a target of Amazon RDS until the way back closes", () => {
    const change = engine("mysql", { databaseName: undefined });
    const target = { ...change.target, store: "shop" };
    expect(runbook({ ...change, target })).toMatch(
      /target_admin <<'SQL'\nCALL mysql\.rds_set_configuration\('binlog retention hours', 96\);/,
    );
  });

  it("pushes each step of the traffic before it is applied, and the way back too", () => {
    const steps = blocks(runbook()).filter((block) => /traffic: step: \d/.test(block));
    expect(steps).toHaveLength(5);
    for (const step of steps) expect(step).toMatch(/git push\n[^]*slipway up/);
  });

  it("makes what is unique before foreign keys, each with its schema", () => {
    expect(runbook()).toMatch(/SET search_path = '';[^]*IN \('u', 'x', 'f'\)[^]*ORDER BY k\.contype = 'f'/);
    expect(runbook()).toMatch(/VALIDATE CONSTRAINT/);
  });

  it("uses the names that schemas have at each end", () => {
    expect(runbook()).toMatch(/INSERT INTO "public"\."slipway_marker"/);
    expect(runbook()).toMatch(/FROM "shop"\."slipway_marker" WHERE id = 'shop-cutover'/);
  });
});

describe("what only some migrations need", () => {
  it("lists fixed addresses for the source's allowlist", () => {
    const network = { path: "egress", cidrBlocks: ["203.0.113.0/24"] };
    expect(runbook({ network }, ["198.51.100.1", "198.51.100.2"])).toMatch(
      /- \[ \] `198\.51\.100\.1\/32` is in the source's allowlist/,
    );
    expect(runbook({ network })).toMatch(/aws ec2 describe-nat-gateways --region eu-central-1/);
  });

  it("leaves the users of the way back in, whose secrets may be others", () => {
    const text = runbook({ reverse: { enabled: true, targetSecret: "migration/shop-target" } });
    expect(text).toMatch(
      /SOURCE_BACK=\$\(aws secretsmanager get-secret-value .*--secret-id \S*migration\/shop-target/,
    );
    expect(text).toMatch(
      /ALTER ROLE ":SOURCE_BACK:" IN DATABASE "shop" SET default_transaction_read_only = off/,
    );
    expect(runbook()).toMatch(/SOURCE_BACK=\$SOURCE_USER/);
  });

  it("shows waivers with their last day", () => {
    const waivers = [
      {
        control: "noPrimaryKey",
        subject: "public.audit",
        reason: "The table is only written to",
        owner: "shop@acme.example",
        expires: "2099-12-31",
      },
    ];
    expect(runbook({ waivers })).toMatch(/\| noPrimaryKey \| public\.audit \| 2099-12-31 \|/);
  });

  it("has no way back by replication where none was asked for", () => {
    const text = runbook({
      reverse: { enabled: false },
      rollback: { strategy: "reverse-copy", decisionOwner: "cto@acme.example" },
    });
    expect(text).not.toMatch(/--reverse/);
    expect(text).toMatch(/strategy is \*\*reverse-copy\*\*/);
  });

  it("asks for Cloudflare's token before anything is applied, and waits for no DNS where requests pass through", () => {
    const text = runbook({ traffic: { ...BY_CLOUDFLARE, step: 0 } });
    expect(text.indexOf("read -rs CLOUDFLARE_API_TOKEN")).toBeGreaterThan(-1);
    expect(text.indexOf("read -rs CLOUDFLARE_API_TOKEN")).toBeLessThan(text.indexOf("\nslipway up"));
    expect(text).toMatch(
      /slipway plan live-traffic-shop # weights, and nothing else\ngit add .*\ngit push\nslipway up live-traffic-shop\n/,
    );
    expect(runbook()).not.toContain("CLOUDFLARE");
  });

  it("moves traffic step by step, and all the way back", () => {
    expect(runbook().match(/# traffic: step: \d/g)).toEqual([
      "# traffic: step: 1",
      "# traffic: step: 2",
      "# traffic: step: 3",
      "# traffic: step: 4",
      "# traffic: step: 0",
    ]);
  });
});
