import { loadCompany, removeFolders } from "../../support/company";
import {
  list,
  object,
  objects,
  strings,
  synthesizedAlone,
  type SynthesizedStack,
} from "../../support/synthesized";

afterAll(removeFolders);

const volumes = { index: { size: 100 } };
const PROVIDERS = {
  steady: { instanceTypes: ["m7i.xlarge", "m6i.xlarge"], minSize: 3, maxSize: 12 },
  search: { instanceTypes: ["r7g.large"], volume: "index" },
  cheap: { instanceTypes: ["m7g.large"], spot: true, availabilityZones: ["b"] },
};
const hosting = { capacityProviders: PROVIDERS, defaultCapacityProvider: "steady" };
const stacks = new Map<string, SynthesizedStack>();

/** The hosting stack of an account with instances. */
function stack(account = "live"): SynthesizedStack {
  const held = stacks.get(account);
  if (held !== undefined) return held;
  const fleet = loadCompany({ accounts: { [account]: { hosting, data: { volumes } } } });
  const made = synthesizedAlone(fleet, `${account}-hosting`);
  stacks.set(account, made);
  return made;
}
const group = (name: string, of = stack()) => of.at(`aws_autoscaling_group.instances_${name}_group`);
const template = (name: string) => stack().at(`aws_launch_template.instances_${name}_launch_template`);
const script = (name: string) => String(template(name)["user_data"]);

describe("instances", () => {
  it("are of AWS's image for ECS, in their own architecture", () => {
    const images = ["steady", "search"].map((name) => template(name)["image_id"]);

    expect(images).toEqual([
      "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
      "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
    ]);
  });

  it("answer IMDSv2 only, at one hop", () => {
    expect(template("steady")["metadata_options"]).toMatchObject({
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    });
  });

  it("have a root volume under the account's key", () => {
    const [root] = objects(template("steady")["block_device_mappings"]);

    expect(root?.["ebs"]).toMatchObject({
      encrypted: "true",
      volume_type: "gp3",
      kms_key_id: expect.stringContaining("dataKeyArn"),
    });
  });

  it("let nobody in", () => {
    const [group] = strings(template("steady")["vpc_security_group_ids"]);

    const ingress = stack()
      .resources("aws_vpc_security_group_ingress_rule")
      .filter(({ values }) => values["security_group_id"] === group);
    expect(ingress).toEqual([]);
  });

  it("join the account's cluster and keep their credentials from tasks", () => {
    expect(script("steady")).toContain("ECS_CLUSTER=live-cluster");
    expect(script("steady")).toContain("ECS_AWSVPC_BLOCK_IMDS=true");
  });

  it("carry the company's tags, which the provider's defaults do not reach", () => {
    const tags = Object.fromEntries(
      objects(group("steady")["tag"]).map(({ key, value, propagate_at_launch }) => {
        expect(propagate_at_launch).toBe(true);
        return [key, value];
      }),
    );

    expect(tags).toMatchObject({
      organization: "acme",
      account: "live",
      component: "hosting",
      AmazonECSManaged: "true",
    });
    expect(
      objects(template("steady")["tag_specifications"]).map((of) => [
        of["resource_type"],
        object(of["tags"])["organization"],
      ]),
    ).toEqual([
      ["volume", "acme"],
      ["network-interface", "acme"],
    ]);
  });
});

describe("a group of instances", () => {
  it("stands in private subnets, in the zones that it names", () => {
    expect(group("steady")["vpc_zone_identifier"]).toContain("privateSubnetIds");
    expect(list(group("cheap")["vpc_zone_identifier"])).toEqual([
      expect.stringMatching(/^\$\{element\(.*privateSubnetIds.*, 1\)\}$/),
    ]);
  });

  it("leaves the number of instances to ECS, and none ends that has tasks", () => {
    expect(group("steady")).toMatchObject({ min_size: 3, max_size: 12, protect_from_scale_in: true });
    expect(group("steady")["desired_capacity"]).toBeUndefined();
    expect(object(group("steady")["lifecycle"])["ignore_changes"]).toEqual(["desired_capacity"]);
    expect(
      stack().at("aws_ecs_capacity_provider.instances_steady_provider")["auto_scaling_group_provider"],
    ).toMatchObject({
      managed_draining: "ENABLED",
      managed_termination_protection: "ENABLED",
      managed_scaling: { status: "ENABLED", target_capacity: 100 },
    });
  });

  it("is destroyed with its instances, before the cluster and after its permissions are of no use", () => {
    expect(group("steady")["force_delete"]).toBe(true);
    expect(group("steady")["depends_on"]).toEqual(
      expect.arrayContaining([
        "aws_ecs_cluster.compute_cluster",
        "aws_ecs_account_setting_default.trunking",
        "aws_iam_role_policy.instances_steady_role_instance_policy",
      ]),
    );
  });

  it("takes any of several types, the first one first", () => {
    const { instances_distribution: distribution, launch_template: of } = object(
      group("steady")["mixed_instances_policy"],
    );

    expect(distribution).toMatchObject({
      on_demand_allocation_strategy: "prioritized",
      on_demand_percentage_above_base_capacity: 100,
    });
    expect(objects(object(of)["override"]).map((entry) => entry["instance_type"])).toEqual([
      "m7i.xlarge",
      "m6i.xlarge",
    ]);
  });

  it("is of Spot instances where it says so", () => {
    expect(object(group("cheap")["mixed_instances_policy"])["instances_distribution"]).toMatchObject({
      on_demand_percentage_above_base_capacity: 0,
    });
    expect(group("cheap")["capacity_rebalance"]).toBe(true);
  });

  it("goes to no instance out of hours, and its minimum is the schedule's from then on", () => {
    const development = stack("development");
    const to = development
      .resources("aws_autoscaling_schedule")
      .map(({ values }) => [values["scheduled_action_name"], values["min_size"], values["recurrence"]]);

    expect(to).toEqual([
      ["sleep", 0, "0 20 * * MON,TUE,WED,THU,FRI"],
      ["wake", 3, "0 7 * * MON,TUE,WED,THU,FRI"],
    ]);
    expect(object(group("steady", development)["lifecycle"])["ignore_changes"]).toEqual([
      "desired_capacity",
      "min_size",
    ]);
    expect(stack().resources("aws_autoscaling_schedule")).toEqual([]);
  });
});

describe("instances with a volume", () => {
  it("are at most one a zone, where the volumes are", () => {
    expect(group("search")).toMatchObject({
      max_size: 3,
      availability_zone_distribution: { capacity_distribution_strategy: "balanced-only" },
      suspended_processes: ["AZRebalance"],
    });
  });

  it("leave before their successor comes, one at a time", () => {
    expect(object(object(group("search")["instance_refresh"])["preferences"])).toMatchObject({
      min_healthy_percentage: 66,
      max_healthy_percentage: 100,
      scale_in_protected_instances: "Refresh",
    });
  });

  it("mount it before the agent starts, and make a file system only where there is none", () => {
    const text = script("search");
    const at = (part: string) => {
      expect(text).toContain(part);
      return text.indexOf(part);
    };

    expect(at("systemctl mask --runtime ecs")).toBeLessThan(at("aws ec2 attach-volume"));
    expect(at('test -z \\"$content\\"')).toBeLessThan(at('mkfs.xfs \\"$device'));
    expect(at('mkfs.xfs \\"$device')).toBeLessThan(at("mount /volumes/index"));
    expect(at("mountpoint -q /volumes/index")).toBeLessThan(at("systemctl unmask --runtime ecs"));
    expect(text).toContain("Values=index");
  });

  it("attach no other volume, to no other instance", () => {
    const statements = stack().statements(
      stack().at("aws_iam_role_policy.instances_search_role_instance_policy")["policy"],
    );
    const attach = statements.find(({ sid }) => sid === "AttachVolume");

    expect(objects(attach?.["condition"])).toEqual([
      { test: "StringEquals", variable: "aws:ResourceTag/slipway-volume", values: ["index"] },
    ]);
  });

  it("wait for the stack that makes the volumes", () => {
    expect(
      stack()
        .dataSources("aws_ssm_parameter")
        .map(({ values }) => values["name"]),
    ).toContain("/slipway/live/data/index");
  });
});

describe("the cluster", () => {
  it("has its instances beside Fargate, and the account's default", () => {
    const providers = stack().only("aws_ecs_cluster_capacity_providers");

    expect(providers["capacity_providers"]).toEqual([
      "FARGATE",
      "FARGATE_SPOT",
      "${aws_ecs_capacity_provider.instances_cheap_provider.name}",
      "${aws_ecs_capacity_provider.instances_search_provider.name}",
      "${aws_ecs_capacity_provider.instances_steady_provider.name}",
    ]);
    expect(providers["default_capacity_provider_strategy"]).toEqual([
      { capacity_provider: "live-steady", weight: 1 },
    ]);
  });

  it("gives tasks on instances interfaces by trunking, once an account", () => {
    expect(stack().only("aws_ecs_account_setting_default")).toMatchObject({
      name: "awsvpcTrunking",
      value: "enabled",
    });
  });
});

it("the account's key serves Auto Scaling where there are instances, and nobody else", () => {
  const keyOf = (change: object) => {
    const of = synthesizedAlone(loadCompany({ accounts: { live: change } }), "live-secrets");
    return of.statements(of.at("aws_kms_key.data_key")["policy"]).map(({ sid }) => sid);
  };

  expect(keyOf({ hosting, data: { volumes } })).toEqual(
    expect.arrayContaining(["InstancesEncrypt", "InstancesKeepGrants"]),
  );
  expect(keyOf({})).not.toContain("InstancesEncrypt");
});
