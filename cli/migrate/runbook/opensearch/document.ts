import type { OpensearchMigration } from "../../../../environments/schema/migration/opensearch";
import * as names from "../../../../environments/schema/names";
import { selectorsOf, trafficStackOf } from "../../stacks";
import { OPENSEARCH } from "../../opensearch/kind";
import { shiftTraffic, signOff } from "../closing";
import { backToValidated, commit, leave, path, secrets, setUp } from "../common";
import { fileOf, secretId, type Context } from "../context";
import { inOrder } from "../order";
import { checklist, result, sh, table, type Section } from "../text";

type Search = Context<OpensearchMigration>;

/** The runbook of a migration of indices, from its first plan to its sign-off. */
export const opensearchSections = (context: Search): readonly Section[] =>
  inOrder(context, (phase) => measures(context, phase), {
    copying: [prerequisites(context), deploy(context), load(context), compare(context)],
    cutover: [freeze(context), cutover(context)],
    rollback: rollbackBranch(context),
    decommission: decommission(context),
  });

const measures = ({ migration }: Search, phase: OpensearchMigration["phase"]) =>
  OPENSEARCH.measures(migration, phase);
const repository = ({ migration }: Search) => `slipway-${migration.id}`;
const bucket = ({ fleet, account }: Search) => names.bucket(fleet.organization, account, "search-snapshots");
const role = ({ account }: Search, name: string) =>
  names.roleArn(account, `${names.WORKLOAD_ROLE_PATH.slice(1)}${name}`);
const list = ({ migration }: Search) => migration.indices.join(",");

function prerequisites(context: Search): Section {
  const { account, migration } = context;
  const { source, target } = migration;
  const domain = names.store(account, target.searchDomain);
  return {
    title: "Prerequisites, and their results",
    blocks: [
      ...setUp(context, ["curl"]),
      "### Secrets",
      ...secrets(
        context,
        source.secret === undefined ? [] : [[source.secret, 'JSON `{"username", "password"}` of the source']],
      ),
      "### Path",
      ...path(context),
      "### Clients",
      sh(
        ...(source.secret === undefined
          ? []
          : [
              `SOURCE=$(aws secretsmanager get-secret-value --region ${account.region} --secret-id ${secretId(context, source.secret)} --query SecretString --output text)`,
            ]),
        `source_search() { curl --fail-with-body --silent --show-error${source.secret === undefined ? "" : ' --user "$(jq -r \'.username + ":" + .password\' <<<"$SOURCE")"'} --header 'content-type: application/json' --request "$1" "${source.endpoint.replace(/\/$/, "")}/$2" "\${@:3}"; }`,
        `TARGET_HOST=$(aws opensearch describe-domain --region ${account.region} --domain-name ${domain} --query 'DomainStatus.Endpoints.vpc' --output text)`,
        `target_search() { curl --fail-with-body --silent --show-error --aws-sigv4 "aws:amz:${account.region}:es" --user "$(jq -r '.AccessKeyId + ":" + .SecretAccessKey' <<<"$SEARCH")" --header "x-amz-security-token: $(jq -r .SessionToken <<<"$SEARCH")" --header 'content-type: application/json' --request "$1" "https://$TARGET_HOST/$2" "\${@:3}"; }`,
        // Rights within the domain are those of the role that administers it; slipway and aws go on as who they were.
        `search_session() { SEARCH=$(aws sts assume-role --role-session-name ${migration.id} --role-arn ${role(context, names.searchMasterRole(account, target.searchDomain))} --query Credentials --output json); }`,
        "search_session # again after an hour, when it ends",
      ),
      `The source says ${source.version}; the target is the domain \`${domain}\`.`,
      sh(
        "source_search GET / | jq -r .version.number",
        "target_search GET / | jq -r .version.number",
        `source_search GET '_cat/indices/${list(context)}?v&s=index'`,
        "source_search GET _cluster/health | jq -r .status",
      ),
      result("Versions, indices, health"),
    ],
  };
}

function deploy(context: Search): Section {
  const { id } = context.migration;
  const body = (role: string) =>
    `{"type":"s3","settings":{"bucket":"${bucket(context)}","region":"${context.account.region}","base_path":"${id}"${role}}}`;
  return {
    title: "Deploy, and register the snapshot repository",
    blocks: [
      sh(
        `slipway plan ${selectorsOf(context)}`,
        `slipway up ${selectorsOf(context)}`,
        `slipway migrate status ${id}`,
      ),
      "The source needs the plug-in repository-s3, and in its keystore a session that writes to the bucket, on each of its nodes. A session that one role takes on as another ends after an hour: renew it before each snapshot.",
      sh(
        `aws sts assume-role --role-session-name ${id} --duration-seconds 3600 --role-arn ${role(context, names.migrationSnapshotRole(context.account, id))} --query Credentials --output json`,
        "# on each node: bin/elasticsearch-keystore add s3.client.default.access_key, then s3.client.default.secret_key and s3.client.default.session_token",
        "source_search POST _nodes/reload_secure_settings",
      ),
      sh(
        `source_search PUT _snapshot/${repository(context)} --data '${body("")}'`,
        `source_search POST _snapshot/${repository(context)}/_verify`,
        `ROLE_ARN=${role(context, names.searchSnapshotRole(context.account, context.migration.target.searchDomain))}`,
        `target_search PUT _snapshot/${repository(context)} --data "$(jq -n --arg role "$ROLE_ARN" '${body("").slice(0, -2)},"role_arn":$role,"readonly":true}}')"`,
      ),
      result("Repository verified"),
      ...leave(context, "prepare", measures(context, "prepare")),
    ],
  };
}

const snapshot = ({ migration }: Search, which: string) => `${migration.id}-${which}`;

function take(context: Search, which: string): readonly string[] {
  const name = snapshot(context, which);
  const at = `_snapshot/${repository(context)}/${name}`;
  return [
    sh(
      `source_search PUT '${at}?wait_for_completion=true' --data '{"indices":"${list(context)}","include_global_state":false}' | jq '.snapshot | {state, shards}'`,
      `target_search POST ${at}/_restore --data '{"indices":"${list(context)}","include_global_state":false,"include_aliases":true}'`,
      "target_search GET '_cat/recovery?active_only=true&v'",
      "target_search GET _cluster/health | jq '{status, unassigned_shards}'",
    ),
    result(`State of ${name}, failed shards`),
  ];
}

function load(context: Search): Section {
  const assistant = context.migration.mode === "migration-assistant";
  return {
    title: assistant ? "Capture, snapshot, metadata, backfill" : "Snapshot and restore",
    blocks: [
      ...(assistant
        ? [
            "AWS's Migration Assistant runs beside the domain; its console is a container of its own. Captured requests come first, so that nothing is missed:",
            sh(
              "console clusters connection-check",
              "console snapshot create --wait",
              "console metadata migrate",
              "console backfill start && console backfill status --deep-check",
              "console replay start && console replay status",
            ),
            result("Snapshot, backfill, replay"),
          ]
        : take(context, "rehearsal")),
      ...leave(context, "full-load", measures(context, "full-load")),
      ...leave(context, "cdc", measures(context, "cdc")),
    ],
  };
}

const comparison = (context: Search): readonly string[] => [
  sh(
    ...context.migration.indices.flatMap((index) => [
      `source_search GET '${index}/_count' | jq .count`,
      `target_search GET '${index}/_count' | jq .count`,
    ]),
  ),
  table(
    ["index", "documents at the source", "documents at the target"],
    context.migration.indices.map((index) => [index, "____", "____"]),
  ),
  checklist("ten searches of the application answer the same at both ends"),
];

const compare = (context: Search): Section => ({
  title: "Validation, and its evidence",
  blocks: [
    ...comparison(context),
    sh(
      `target_search GET '${list(context)}/_mapping' > mapping-target.json`,
      `source_search GET '${list(context)}/_mapping' > mapping-source.json`,
      "diff <(jq -S . mapping-source.json) <(jq -S . mapping-target.json)",
    ),
  ],
});

function freeze(context: Search): Section {
  const assistant = context.migration.mode === "migration-assistant";
  return {
    title: "Freeze, drain, last snapshot",
    blocks: [
      checklist(
        "the application says that it is under maintenance",
        "jobs and queues that write are stopped",
      ),
      sh(`source_search PUT '${list(context)}/_settings' --data '{"index.blocks.write":true}'`),
      result("Frozen at"),
      ...(assistant
        ? [sh("console replay status # nothing waits"), result("Replay ended at")]
        : [
            "Indices of the rehearsal go, and come back as they are now:",
            sh(`target_search DELETE '${list(context)}'`),
            ...take(context, "cutover"),
          ]),
      ...comparison(context),
    ],
  };
}

const cutover = (context: Search): Section => ({
  title: "Shift traffic, open writes",
  blocks: [
    sh(`target_search PUT '${list(context)}/_settings' --data '{"index.blocks.write":null}'`),
    ...shiftTraffic(context),
    result("Writes open at the target at"),
  ],
});

function rollbackBranch(context: Search): Section {
  const { rollback, traffic, indices } = context.migration;
  return {
    title: "Rollback branch",
    blocks: [
      `Only ${rollback.decisionOwner} decides to go it, within ${rollback.windowHours} h. No snapshot of OpenSearch is restored by Elasticsearch; the strategy is **${rollback.strategy}**.`,
      "1. Freeze the target.",
      sh(`target_search PUT '${list(context)}/_settings' --data '{"index.blocks.write":true}'`),
      ...(rollback.strategy === "loss-declared"
        ? [
            "2. What was written since is lost, as was declared; write down its beginning and end.",
            result("Lost from, to"),
          ]
        : rollback.strategy === "dual-write"
          ? ["2. The application has written to both: nothing is copied.", ...comparison(context)]
          : [
              "2. Open the source, and copy back by reindexing from the target, as the application's own reindex does.",
              sh(
                `source_search PUT '${list(context)}/_settings' --data '{"index.blocks.write":null}'`,
                ...indices.map(
                  (index) =>
                    `source_search POST '_reindex?wait_for_completion=true' --data "$(jq -n --arg host "https://$TARGET_HOST:443" '{source:{remote:{host:$host},index:"${index}"},dest:{index:"${index.replaceAll("*", "")}",op_type:"index"},conflicts:"proceed"}')"`,
                ),
              ),
              ...comparison(context),
            ]),
      ...(traffic === undefined
        ? ["3. Let clients use the source again, as they did before."]
        : [
            "3. Restore traffic: every answer names the former place.",
            sh(
              `\${EDITOR:-vi} ${fileOf(context)} # traffic: step: 0`,
              ...commit(context, "traffic back"),
              `slipway up ${trafficStackOf(context)}`,
              ...traffic.records.map(({ name, type, from }) => `dig +short ${name} ${type} # ${from}`),
            ),
          ]),
      "4. Open the source.",
      sh(`source_search PUT '${list(context)}/_settings' --data '{"index.blocks.write":null}'`),
      "The migration is back before its cutover: write the phase, and remove the evidence of what did not last.",
      sh(...backToValidated(context)),
      result("Decided by, at; clients back at"),
    ],
  };
}

const decommission = (context: Search): Section => ({
  title: "Decommission, sign-off",
  blocks: [
    sh(
      `source_search DELETE _snapshot/${repository(context)}`,
      `target_search DELETE _snapshot/${repository(context)}`,
      `aws s3 rm --recursive s3://${bucket(context)}/${context.migration.id}/`,
    ),
    checklist("the source's last snapshot is kept as long as the law says, and the source is shut down"),
    ...signOff(context),
  ],
});
