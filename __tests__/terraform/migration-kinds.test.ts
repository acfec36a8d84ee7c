import { join } from "node:path";
import type { Phase } from "../../environments/schema/migration/phase";
import { loadCompany, removeFolders, temporaryFolder } from "../support/company";
import { allKindsIn, KINDS } from "../support/migration-kinds";
import { Sandbox } from "../support/sandbox";
import { failure, groupsOf } from "../support/terraform-cycle";
import { TerraformGroup, writtenStacks } from "../support/terraform-group";
import { describeWithEmulator } from "../support/tiers";

afterAll(removeFolders);

const UNITS = Object.keys(KINDS).map((id) => `live-migration-${id}`);
const isUnit = (id: string) => UNITS.includes(id);
/** What they rest on. */
const isBeneath = (id: string) =>
  /^live-(secrets|observability|network|vpn|migration|hosting|search|data-\w+)$/.test(id);

describeWithEmulator("migrations of keys and of indices in each of their phases, one after the other", () => {
  const sandbox = new Sandbox();
  const folder = temporaryFolder();
  let beneath: readonly TerraformGroup[] = [];
  let env: NodeJS.ProcessEnv = {};
  let units: TerraformGroup;

  /** Writes the migrations' stacks as they are in a phase. */
  const enter = (phase: Phase) => {
    const { outdir, stacks } = writtenStacks(loadCompany(allKindsIn(phase)), isUnit);
    units = new TerraformGroup(stacks, join(folder, "units"), env);
    units.write(outdir);
  };
  /** What a plan wants, each with the migration that it is of. */
  const planned = async (): Promise<Readonly<Record<string, string[]>>> => {
    const { stdout, stderr, code } = await units.plan();
    expect(code === 1 ? stdout + stderr : "").toBe("");
    const changes: Record<string, string[]> = {};
    for (const [, id = "", address = "", what = ""] of stdout.matchAll(
      /# module\.live_migration_(\w+?)\.(aws_\S+) (?:will be|must be) (created|destroyed|replaced|updated)/g,
    ))
      (changes[what] ??= []).push(`${id}: ${address}`);
    for (const addresses of Object.values(changes)) addresses.sort();
    return changes;
  };

  beforeAll(async () => {
    const { outdir, stacks } = writtenStacks(loadCompany(allKindsIn("prepare")), isBeneath);
    await sandbox.emulator();
    env = await sandbox.environment(stacks[0]?.account.id ?? "");
    beneath = groupsOf({ outdir, stacks }, folder, env);
    for (const group of beneath) {
      expect((await group.init()).stderr).toBe("");
      expect(failure(await group.apply())).toBe("");
    }
  });
  afterAll(() => sandbox.stop());

  it("prepare: they are valid, and made", async () => {
    enter("prepare");
    expect((await units.init()).stderr).toBe("");
    expect(await units.validate()).toEqual([]);
    expect(failure(await units.apply())).toBe("");
    expect((await units.plan()).stdout).toContain("No changes.");
  });

  const riot = (part: string) =>
    [0, 3].map((database) => `carts: aws_ecs_task_definition.tools_${part}_${database}`);
  const live = [
    ...[0, 3].map((database) => `carts: aws_ecs_service.tools_live_${database}_service`),
    ...riot("live"),
  ];
  const assistant = [
    "articles: aws_ecs_service.tools_backfill_service",
    ...["backfill", "metadata", "snapshot"].map((part) => `articles: aws_ecs_task_definition.tools_${part}`),
  ];
  const shards = [1, 2].map((shard) => `sessions: aws_cloudwatch_metric_alarm.alarms_shard_${shard}`);
  const writer = (id: string) =>
    ["", "_policy"].map((part) => `${id}: aws_iam_role${part}.writer_source${part === "" ? "_role" : part}`);
  /** What runs tasks, and lets them out to the source. */
  const tools = (id: string) => [
    `${id}: aws_cloudwatch_event_rule.failed_rule`,
    `${id}: aws_cloudwatch_event_target.failed_topic`,
    `${id}: aws_cloudwatch_log_group.tools_logs`,
    `${id}: aws_iam_role.tools_execution_role`,
    `${id}: aws_iam_role.tools_task_role`,
    `${id}: aws_iam_role_policy.tools_execution_policy`,
    `${id}: aws_security_group.group_group`,
    `${id}: aws_vpc_security_group_egress_rule.group_services`,
    `${id}: aws_vpc_security_group_egress_rule.group_source_192_168_10_0_24`,
  ];

  it.each<[Phase, Readonly<Record<string, readonly string[]>>]>([
    ["full-load", { created: [...assistant, ...riot("scan")] }],
    ["cdc", { created: [...live, ...shards], destroyed: [...assistant, ...riot("scan")] }],
    ["validated", { created: riot("compare") }],
    ["cutover", { destroyed: shards }],
    [
      "rollback-window",
      {
        created: riot("reverse"),
        destroyed: [
          ...writer("articles"),
          ...writer("products"),
          ...live,
          "sessions: aws_vpc_security_group_egress_rule.source_192_168_10_0_24",
        ],
      },
    ],
    [
      "decommission",
      {
        destroyed: [
          ...tools("articles"),
          "articles: aws_iam_role_policy.tools_task_policy",
          ...tools("carts"),
          ...riot("compare"),
          ...riot("reverse"),
        ],
      },
    ],
  ])(
    "%s: what it is about changes, and nothing else; then there is nothing to plan",
    async (phase, changes) => {
      enter(phase);
      expect(await planned()).toEqual(
        Object.fromEntries(Object.entries(changes).map(([what, addresses]) => [what, [...addresses].sort()])),
      );
      expect(failure(await units.apply())).toBe("");
      expect((await units.plan()).stdout).toContain("No changes.");
    },
  );

  it("what outlasts them comes down, once protection is lifted", async () => {
    const lifted = writtenStacks(loadCompany(allKindsIn("decommission")), isUnit, new Set(UNITS));
    units.write(lifted.outdir);
    expect(failure(await units.apply("-destroy", "-refresh=false"))).toBe("");
    expect((await units.state()).filter((address) => !address.includes(".data."))).toEqual([]);
  });
});
