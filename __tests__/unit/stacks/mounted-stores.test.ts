import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const data = {
  fileSystems: {
    shared: {
      accessPoints: { sites: { path: "/sites" }, reports: { path: "/reports", uid: 1000, gid: 1000 } },
    },
  },
  volumes: { index: { size: 100 } },
};
const hosting = { capacityProviders: { search: { instanceTypes: ["r7g.large"], volume: "index" } } };
const services = {
  search: {
    name: "search",
    owner: "search@acme.example",
    cpu: 1024,
    memory: 12_288,
    cpuArchitecture: "ARM64",
    capacityProvider: "search",
    containerPort: 9200,
    volumes: { index: { volume: "index", mountPath: "/data" } },
    deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
    autoScaling: { minCapacity: 1, maxCapacity: 1 },
  },
  reports: {
    name: "reports",
    owner: "reports@acme.example",
    containerPort: 8080,
    volumes: {
      old: { fileSystem: "shared", accessPoint: "reports", mountPath: "/old", readOnly: true },
      sites: { fileSystem: "shared", accessPoint: "sites", mountPath: "/sites" },
    },
  },
};
const fleet = loadCompany({
  accounts: { live: { data, hosting }, development: { data, hosting } },
  services,
});
const made = new Map<string, ReturnType<typeof synthesizedAlone>>();
const stack = (id: string) => {
  const held = made.get(id) ?? synthesizedAlone(fleet, id);
  made.set(id, held);
  return held;
};

describe("a file system", () => {
  const shared = () => stack("live-data-shared");

  it("is encrypted under the account's key and backed up", () => {
    expect(shared().only("aws_efs_file_system")).toMatchObject({
      encrypted: true,
      kms_key_id: expect.stringContaining("dataKeyArn"),
    });
    expect(shared().only("aws_efs_backup_policy")["backup_policy"]).toEqual({ status: "ENABLED" });
  });

  it("is reached in each zone, by its clients' group only", () => {
    expect(shared().resources("aws_efs_mount_target")).toHaveLength(3);
    expect(shared().only("aws_vpc_security_group_ingress_rule")).toMatchObject({
      from_port: 2049,
      to_port: 2049,
      referenced_security_group_id: "${aws_security_group.groups_client.id}",
    });
  });

  it("refuses who comes without TLS or past its access points, and lets IAM say the rest", () => {
    const statements = shared().statements(shared().only("aws_efs_file_system_policy")["policy"]);

    expect(statements.map(({ sid, effect }) => [sid, effect])).toEqual([
      ["DenyInsecureTransport", "Deny"],
      ["DenyAllButAccessPoints", "Deny"],
      ["DenyFromOutside", "Deny"],
    ]);
  });

  it("has a directory for each access point, made with its owner", () => {
    const point = shared().at("aws_efs_access_point.store_access_point_reports");

    expect(point["posix_user"]).toEqual({ uid: 1000, gid: 1000 });
    expect(object(point["root_directory"])).toMatchObject({
      path: "/reports",
      creation_info: { owner_uid: 1000, owner_gid: 1000, permissions: "0750" },
    });
  });

  it("publishes each access point on its own", () => {
    const paths = shared()
      .resources("aws_ssm_parameter")
      .map(({ values }) => values["name"]);

    expect(paths).toEqual(["/slipway/live/data/shared.reports", "/slipway/live/data/shared.sites"]);
  });
});

describe("volumes", () => {
  it("are one a zone where the account keeps a standby, else one", () => {
    const zones = (id: string) =>
      stack(id)
        .resources("aws_ebs_volume")
        .map(({ values }) => values["availability_zone"]);

    expect(zones("live-data-index")).toEqual(["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
    expect(zones("development-data-index")).toEqual(["eu-central-1a"]);
  });

  it("are encrypted, found by their tag, and stay where the account protects", () => {
    const [volume] = stack("live-data-index").resources("aws_ebs_volume");

    expect(volume?.values).toMatchObject({
      encrypted: true,
      kms_key_id: expect.stringContaining("dataKeyArn"),
      final_snapshot: true,
      lifecycle: { prevent_destroy: true },
    });
    expect(object(volume?.values["tags"])["slipway-volume"]).toBe("index");
  });

  it("have a snapshot each night, of these volumes only", () => {
    const policy = object(stack("live-data-index").only("aws_dlm_lifecycle_policy")["policy_details"]);

    expect(policy["target_tags"]).toEqual({ "slipway-volume": "index" });
    expect(objects(policy["schedule"])[0]).toMatchObject({ retain_rule: { count: 35 }, copy_tags: true });
  });
});

describe("a service that mounts a file system", () => {
  const reports = () => stack("live-service-reports");
  const volume = (name: string) =>
    objects(reports().only("aws_ecs_task_definition")["volume"]).find((entry) => entry["name"] === name);

  it("enters by its access point, over TLS, as its own role", () => {
    expect(volume("sites")?.["efs_volume_configuration"]).toEqual({
      file_system_id: expect.stringContaining("shared_sites"),
      transit_encryption: "ENABLED",
      authorization_config: { access_point_id: expect.stringContaining("shared_sites"), iam: "ENABLED" },
    });
  });

  it("may write only where it says so, and only through that access point", () => {
    const statements = reports().statements(reports().at("aws_iam_role_policy.roles_task_policy")["policy"]);
    const of = (sid: string) => statements.find((statement) => statement["sid"] === sid);

    expect(strings(of("MountOld")?.["actions"])).toEqual(["elasticfilesystem:ClientMount"]);
    expect(strings(of("MountSites")?.["actions"])).toEqual([
      "elasticfilesystem:ClientMount",
      "elasticfilesystem:ClientWrite",
    ]);
    expect(objects(of("MountSites")?.["condition"])[0]).toMatchObject({
      variable: "elasticfilesystem:AccessPointArn",
      values: [expect.stringContaining("shared_sites")],
    });
  });

  it("sees it where it says, read-only where it says", () => {
    const [container] = reports().containers();

    expect(objects(container?.["mountPoints"])).toEqual(
      expect.arrayContaining([
        { sourceVolume: "old", containerPath: "/old", readOnly: true },
        { sourceVolume: "sites", containerPath: "/sites", readOnly: false },
      ]),
    );
  });

  it("joins the group that gets in", () => {
    const { security_groups: groups } = object(reports().only("aws_ecs_service")["network_configuration"]);

    expect(JSON.stringify(groups)).toContain("clientGroupId");
  });
});

it("instances join the group too, since on them it is their agent that mounts", () => {
  const template = stack("live-hosting").only("aws_launch_template");

  expect(strings(template["vpc_security_group_ids"])).toEqual([
    "${aws_security_group.instances_search_launch_group.id}",
    expect.stringMatching(/data_shared_reports.*clientGroupId/),
  ]);
});

describe("a service that mounts a volume of its instances", () => {
  const search = () => stack("live-service-search");

  it("has an instance to itself, of the provider with the volume", () => {
    const service = search().only("aws_ecs_service");

    expect(objects(service["capacity_provider_strategy"])).toEqual([
      { capacity_provider: "live-search", weight: 1 },
    ]);
    expect(service["placement_constraints"]).toEqual([
      { type: "distinctInstance" },
      { type: "memberOf", expression: "attribute:slipway.volume == index" },
    ]);
  });

  it("mounts the instance's directory of that volume", () => {
    const task = search().only("aws_ecs_task_definition");

    expect(task["requires_compatibilities"]).toEqual(["EC2"]);
    expect(objects(task["volume"]).find(({ name }) => name === "index")).toEqual({
      name: "index",
      host_path: "/volumes/index",
    });
  });
});
