import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import organization from "../../environments/organization";
import { loadFleet } from "../../environments/schema/load";
import { ACME, loadCompany, removeFolders } from "../support/company";
import { copyOrganization } from "../support/organization-copy";
import { invariants } from "./invariants";
import { permissions } from "./permissions";
import { security } from "./security";
import { irelandWith } from "../support/second-region";
import { STORE_EXAMPLES, STORE_NEEDS } from "../support/store-examples";
import { synthesized, type Block, type Json, type Synthesized } from "../support/synthesized";

afterAll(removeFolders);

/** What AWS keeps once an account, whatever the region, and the arguments that name it. */
const GLOBAL: Readonly<Record<string, readonly string[]>> = {
  aws_budgets_budget: ["name"],
  aws_chatbot_slack_channel_configuration: ["configuration_name"],
  aws_cloudfront_cache_policy: ["name"],
  aws_cloudfront_distribution: ["aliases"],
  aws_cloudfront_function: ["name"],
  aws_cloudfront_key_group: ["name"],
  aws_cloudfront_origin_access_control: ["name"],
  aws_cloudfront_origin_request_policy: ["name"],
  aws_cloudfront_response_headers_policy: ["name"],
  aws_cloudwatch_dashboard: ["dashboard_name"],
  aws_iam_account_alias: [],
  aws_iam_account_password_policy: [],
  aws_iam_group: ["name"],
  aws_iam_instance_profile: ["name"],
  aws_iam_openid_connect_provider: ["url"],
  aws_iam_policy: ["name"],
  aws_iam_role: ["name"],
  aws_iam_service_linked_role: ["aws_service_name"],
  aws_iam_user: ["name"],
  aws_organizations_account: ["name"],
  aws_organizations_organization: [],
  aws_rds_global_cluster: ["global_cluster_identifier"],
  aws_route53_zone: ["name"],
  aws_s3_account_public_access_block: [],
  aws_s3_bucket: ["bucket"],
};

/** eeMobility, whose account `live` is in Ireland once more. */
function withIreland(): string {
  const folder = copyOrganization();
  const write = (file: string, content: object) => writeFileSync(join(folder, file), JSON.stringify(content));
  rmSync(join(folder, "organization.ts"));
  write("organization.json", {
    ...organization,
    allowedRegions: ["eu-central-1", "eu-west-1", "us-east-1"],
  });
  write("accounts/live-ireland.json", {
    name: "live-ireland",
    regionOf: "live",
    region: "eu-west-1",
    network: { cidrBlock: "10.21.0.0/16" },
  });
  return folder;
}

const NAMES = ["name", "bucket", "identifier", "cluster_identifier", "function_name", "dashboard_name"];
/** Their names are within another resource, or several of a name belong together. */
const WITHIN =
  /^aws_(appautoscaling|iam_(role|group)_policy|iam_role_policy_attachment|route53_record|cloudwatch_(event_target|log_stream)|rds_cluster_role|s3_bucket_|lb_|ecs_service|cognito|service_discovery_service|autoscaling|ssm_association)/;

const known = (value: Json | undefined): value is Json => value !== undefined && value !== null;

/** `aws_iam_role role live-ireland-orders-task`: two of these in one account are one thing in AWS. */
function keyOf(block: Block, region: string): string[] {
  const { type, values } = block;
  const fields = GLOBAL[type];
  if (fields !== undefined)
    return [`${type} everywhere ${JSON.stringify(fields.map((field) => values[field] ?? ""))}`];
  if (WITHIN.test(type)) return [];
  const name = NAMES.map((field) => values[field]).find(known);
  return name === undefined || String(name).includes("${")
    ? []
    : [`${type} ${String(values["region"] ?? region)} ${String(name)}`];
}

function twins({ platform, stacks }: Synthesized): string[] {
  const holders = new Map<string, string>();
  return platform.stacks.flatMap(({ id, account }) =>
    (stacks.get(id)?.resources() ?? []).flatMap((block) =>
      keyOf(block, account.region).flatMap((key) => {
        const held = `${account.id} ${key}`;
        const other = holders.get(held);
        holders.set(held, `${id}/${block.address}`);
        return other === undefined ? [] : [`${other} and ${id}/${block.address} are both ${key}`];
      }),
    ),
  );
}

describe("an account with a second region", () => {
  const company = synthesized(loadFleet(withIreland()));
  const ids = [...company.stacks.keys()];
  const inIreland = ids.filter((id) => id.startsWith("live-ireland-"));

  it("has all of the first once more, but for what belongs to the account", () => {
    const first = ids
      .filter((id) => id.startsWith("live-") && !inIreland.includes(id))
      .map((id) => id.replace(/^live-/, ""));
    expect(inIreland.map((id) => id.replace(/^live-ireland-/, ""))).toEqual(
      first.filter((concern) => concern !== "roles"),
    );
  });

  it("shares no name with the first where AWS knows no regions, and none within a region", () => {
    expect(twins(company)).toEqual([]);
  });

  it("shares none by any kind of store, in any of its forms", () => {
    const { live } = ACME.accounts;
    // Atlas has an endpoint service for each region of a project.
    const ireland = irelandWith({ data: { externalDatabases: { "atlas-private": null } } });
    const stores = synthesized(
      loadCompany({
        ...ireland,
        accounts: {
          ...ireland.accounts,
          live: { ...live, ...STORE_NEEDS, data: STORE_EXAMPLES, queue: undefined },
        },
        services: {},
      }),
    );
    expect([...stores.stacks.keys()]).toContain("live-ireland-data-orders");
    expect(twins(stores)).toEqual([]);
  });

  it("finds a name that two stacks share", () => {
    const { platform, stacks } = company;
    const again = new Map(stacks).set("live-ireland-hosting", company.stack("live-hosting"));
    expect(twins({ ...company, platform, stacks: again })).not.toEqual([]);
  });

  it("makes each stack in its own region, with a state beside it", () => {
    for (const id of inIreland) {
      const { json } = company.stack(id);
      expect(json).toMatchObject({
        provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["100000000003"] }] },
        terraform: {
          backend: {
            s3: {
              bucket: "eemobility-live-ireland-state-100000000003",
              key: `${id}.tfstate`,
              region: "eu-west-1",
              kms_key_id: "arn:aws:kms:eu-west-1:100000000003:alias/slipway-state",
            },
          },
        },
      });
    }
  });

  it("names the first region in no ARN, but its release role reads what was released there before", () => {
    const strangers = inIreland.flatMap((id) =>
      [...company.stack(id).text.matchAll(/arn:aws:[a-z0-9-]+:eu-central-1:100000000003:[^"]*/g)].map(
        ([arn]) => `${id}: ${arn}`,
      ),
    );
    expect(strangers).toEqual(["live-ireland-bootstrap: arn:aws:kms:eu-central-1:100000000003:key/*"]);
  });

  describe("invariants", () => invariants(company.platform.fleet));
  describe("security", () => security(company.platform.fleet));
  describe("permissions", () => permissions(company.platform.fleet));
});
