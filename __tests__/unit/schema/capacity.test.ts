import { INSTANCE_TYPES, memoryForTasks } from "../../../environments/schema/instance-types";
import { loadCompany, removeFolders, type Change } from "../../support/company";
import { refusal } from "../../support/violations";

afterAll(removeFolders);

const data = {
  fileSystems: { shared: { accessPoints: { sites: { path: "/sites" } } } },
  volumes: { index: { size: 100 } },
};
const hosting = {
  capacityProviders: {
    steady: { instanceTypes: ["m7i.large"], maxSize: 2 },
    search: { instanceTypes: ["r7g.large"], volume: "index" },
  },
};
const search = {
  name: "search",
  owner: "search@acme.example",
  accounts: ["live"],
  cpu: 1024,
  memory: 12_288,
  cpuArchitecture: "ARM64",
  capacityProvider: "search",
  containerPort: 9200,
  volumes: { index: { volume: "index", mountPath: "/data" } },
  deploymentConfiguration: { minimumHealthyPercent: 66, maximumPercent: 100 },
  autoScaling: { minCapacity: 3, maxCapacity: 3 },
};
const reports = {
  name: "reports",
  owner: "reports@acme.example",
  accounts: ["live"],
  containerPort: 8080,
  capacityProvider: "steady",
  cpu: 700,
  memory: 900,
  volumes: { sites: { fileSystem: "shared", accessPoint: "sites", mountPath: "/sites" } },
};

type Loose = Readonly<Record<string, unknown>>;
/** The sound company, with what a test changes of its account, its providers, or its services. */
function company(
  changed: { account?: Loose; providers?: Loose; search?: Loose; reports?: Loose } = {},
): Change {
  const { account = {}, providers = {} } = changed;
  const capacityProviders = { ...hosting.capacityProviders, ...providers };
  return {
    accounts: { live: { data, hosting: { capacityProviders }, ...account } },
    services: { search: { ...search, ...changed.search }, reports: { ...reports, ...changed.reports } },
  };
}

it("instances, a file system and volumes, and services that fit on them, are accepted", () => {
  expect(loadCompany(company()).services["live"]?.map(({ name }) => name)).toEqual([
    "mailer",
    "orders",
    "reports",
    "search",
  ]);
});

it("a capacity provider that nobody uses is accepted", () => {
  const change = company({ providers: { spare: { instanceTypes: ["m7i.large", "m6i.large"] } } });

  expect(() => loadCompany(change)).not.toThrow();
});

const account = "accounts/live.json";
const REFUSED: Readonly<
  Record<string, readonly [Change, file: string, path: string, says: RegExp, mend?: RegExp]>
> = {
  "an instance type that is misspelt": [
    company({ providers: { steady: { instanceTypes: ["m7i.lage"] } } }),
    account,
    "hosting.capacityProviders.steady.instanceTypes[0]",
    /one of m7i\.large, m7i\.xlarge/,
    /write "m7i\.large"/,
  ],
  "an instance type of an unknown family, with the known ones": [
    company({ providers: { steady: { instanceTypes: ["u7in-16tb.224xlarge"] } } }),
    account,
    "hosting.capacityProviders.steady.instanceTypes[0]",
    /families c5, c6g/,
    /instance-types\.ts/,
  ],
  "two architectures in one group": [
    company({ providers: { steady: { instanceTypes: ["m7i.large", "m7g.large"] } } }),
    account,
    "hosting.capacityProviders.steady.instanceTypes",
    /m7i\.large is X86_64, m7g\.large not/,
    /for each architecture/,
  ],
  "fewest instances above the most": [
    company({ providers: { steady: { instanceTypes: ["m7i.large"], minSize: 4, maxSize: 2 } } }),
    account,
    "hosting.capacityProviders.steady.minSize",
    /at most the 2 of maxSize/,
  ],
  "instances in a zone without subnets": [
    company({ providers: { steady: { instanceTypes: ["m7i.large"], availabilityZones: ["d"] } } }),
    account,
    "hosting.capacityProviders.steady.availabilityZones[0]",
    /a, b, c/,
  ],
  "a default that there is not": [
    company({
      account: { hosting: { ...hosting, defaultCapacityProvider: "stedy" } },
    }),
    account,
    "hosting.defaultCapacityProvider",
    /FARGATE, FARGATE_SPOT, search, steady/,
    /write "steady"/,
  ],
  "instances that mount volumes that there are not": [
    company({ providers: { steady: { instanceTypes: ["m7i.large"], volume: "indx" } } }),
    account,
    "hosting.capacityProviders.steady.volume",
    /volumes of the account's data: index/,
    /write "index"/,
  ],
  "a volume in another zone than its instances, and so than its tasks": [
    company({
      account: { data: { ...data, volumes: { index: { size: 100, availabilityZones: ["a", "b"] } } } },
      providers: { search: { ...hosting.capacityProviders.search, availabilityZones: ["b", "c"] } },
      search: { autoScaling: { minCapacity: 1, maxCapacity: 1 } },
    }),
    account,
    "hosting.capacityProviders.search.availabilityZones",
    /zones of index, a, b: .*c would have instances without a volume; a would have a volume without an instance/,
  ],
  "a volume in a zone that the network has not": [
    company({
      account: { data: { ...data, volumes: { index: { size: 100, availabilityZones: ["a", "f"] } } } },
      search: { autoScaling: { minCapacity: 1, maxCapacity: 1 } },
    }),
    account,
    "data.volumes.index.availabilityZones[1]",
    /a zone of the account's network/,
  ],
  "more instances than volumes": [
    company({ providers: { search: { ...hosting.capacityProviders.search, maxSize: 4 } } }),
    account,
    "hosting.capacityProviders.search.maxSize",
    /at most 3, one instance a volume/,
  ],
  "volumes that no instance mounts": [
    company({ account: { data: { ...data, volumes: { ...data.volumes, spare: { size: 8 } } } } }),
    account,
    "data.volumes.spare",
    /exactly one capacity provider/,
    /volume: "spare"/,
  ],
  "volumes that two providers would take from each other": [
    company({ providers: { other: hosting.capacityProviders.search } }),
    account,
    "data.volumes.index",
    /exactly one capacity provider/,
  ],
  "more file systems than instances can join the groups of": [
    company({
      account: {
        data: {
          ...data,
          fileSystems: Object.fromEntries(
            ["shared", "two", "three", "four", "five"].map((name) => [name, data.fileSystems.shared]),
          ),
        },
      },
    }),
    account,
    "data.fileSystems",
    /at most 4 where there are instances/,
  ],
  "a service whose capacity its account lacks": [
    company({ reports: { capacityProvider: "steadyy" } }),
    "services/reports.json",
    "capacityProvider (in live)",
    /what the account has: FARGATE, FARGATE_SPOT, search, steady/,
    /write "steady"/,
  ],
  "capacity that one of its accounts lacks": [
    company({ reports: { accounts: ["live", "development"], volumes: {} } }),
    "services/reports.json",
    "capacityProvider (in development)",
    /what the account has: FARGATE, FARGATE_SPOT/,
    /say in overrides/,
  ],
  "a task with more memory than the largest instance gives": [
    company({ search: { memory: 16_384 } }),
    "services/search.json",
    "memory (in live)",
    /at most 15144/,
    /larger instances/,
  ],
  "a task with more CPU than the largest instance has": [
    company({ reports: { cpu: 4096 } }),
    "services/reports.json",
    "cpu (in live)",
    /at most 2048/,
  ],
  "a task of another architecture than its instances": [
    company({ reports: { cpuArchitecture: "ARM64" } }),
    "services/reports.json",
    "cpuArchitecture (in live)",
    /X86_64, which the instances of steady are/,
  ],
  "a task smaller than tasks can be": [
    company({ reports: { cpu: 64 } }),
    "services/reports.json",
    "cpu (in live)",
    /at least 128 on instances/,
  ],
  "more tasks than network interfaces": [
    company({ reports: { autoScaling: { maxCapacity: 21 } } }),
    "services/reports.json",
    "autoScaling.maxCapacity (in live)",
    /at most 20, one network interface a task: 2 instances of m7i\.large, 10 each/,
    /raise hosting\.capacityProviders\.steady\.maxSize/,
  ],
  "services that together run more tasks than there are network interfaces": [
    {
      ...company({ reports: { autoScaling: { maxCapacity: 15 } } }),
      services: {
        ...company({ reports: { autoScaling: { maxCapacity: 15 } } }).services,
        orders: { capacityProvider: "steady", accounts: ["live"], autoScaling: { maxCapacity: 16 } },
      },
    },
    account,
    "hosting.capacityProviders.steady.maxSize",
    /at least 4: orders, reports run up to 31 tasks together, and there are 20/,
  ],
  "a mount of a file system that there is not": [
    company({
      reports: { volumes: { sites: { fileSystem: "shard", accessPoint: "sites", mountPath: "/sites" } } },
    }),
    "services/reports.json",
    "volumes.sites.fileSystem (in live)",
    /a file system of live: shared/,
    /write "shared"/,
  ],
  "a mount by an access point that there is not": [
    company({
      reports: {
        volumes: { sites: { fileSystem: "shared", accessPoint: "documents", mountPath: "/sites" } },
      },
    }),
    "services/reports.json",
    "volumes.sites.accessPoint (in live)",
    /an access point of shared in live: sites/,
    /data\.fileSystems\.shared\.accessPoints/,
  ],
  "a mount without access point": [
    company({ reports: { volumes: { sites: { fileSystem: "shared", mountPath: "/sites" } } } }),
    "services/reports.json",
    "volumes.sites.accessPoint (in live)",
    /an access point of shared in live, since a mount without one sees all of it: sites/,
    /write accessPoint: "sites"/,
  ],
  "a mount of nothing": [
    company({ reports: { volumes: { sites: { mountPath: "/sites" } } } }),
    "services/reports.json",
    "volumes.sites.fileSystem",
    /one of fileSystem, volume and scratch/,
  ],
  "a mount of volumes that there are not": [
    company({ search: { volumes: { index: { volume: "indices", mountPath: "/data" } } } }),
    "services/search.json",
    "volumes.index.volume (in live)",
    /volumes of live: index/,
  ],
  "a volume that the service's instances do not mount": [
    company({ reports: { volumes: { index: { volume: "index", mountPath: "/data" } } } }),
    "services/reports.json",
    "volumes.index.volume (in live)",
    /it runs on steady, and index is mounted by search/,
    /write capacityProvider: "search"/,
  ],
  "more tasks than volumes": [
    company({ search: { autoScaling: { minCapacity: 3, maxCapacity: 6 } } }),
    "services/search.json",
    "autoScaling.maxCapacity (in live)",
    /at most 3: each task has the volume of index in its zone to itself/,
    /maxCapacity: 3/,
  ],
  "a deployment that could replace no task": [
    company({ search: { deploymentConfiguration: {} } }),
    "services/search.json",
    "deploymentConfiguration.minimumHealthyPercent (in live)",
    /less than 100/,
    /minimumHealthyPercent: 66/,
  ],
  "two mounts at one path": [
    company({
      reports: {
        volumes: {
          one: { fileSystem: "shared", accessPoint: "sites", mountPath: "/sites" },
          two: { fileSystem: "shared", accessPoint: "sites", mountPath: "/sites" },
        },
      },
    }),
    "services/reports.json",
    "volumes.two.mountPath (in live)",
    /one has this one/,
  ],
};

it.each(Object.entries(REFUSED))("refuses %s, and nothing else", (_, [change, file, path, says, mend]) => {
  const { violations, message } = refusal(() => loadCompany(change));

  expect(violations).toEqual([
    expect.objectContaining({
      file: expect.stringMatching(new RegExp(`(^|/)${file}$`)),
      path,
      allowed: expect.stringMatching(says),
      ...(mend === undefined ? {} : { mend: expect.stringMatching(mend) }),
    }),
  ]);
  expect(message).toContain("given: ");
});

it("the table says of each type what AWS says", () => {
  const type = (name: string) => INSTANCE_TYPES.get(name);

  expect(type("m7i.xlarge")).toEqual({
    vcpus: 4,
    memory: 16_384,
    cpuArchitecture: "X86_64",
    taskInterfaces: 20,
  });
  expect(type("r7g.medium")).toMatchObject({ memory: 8192, cpuArchitecture: "ARM64", taskInterfaces: 4 });
  expect(type("c5.9xlarge")).toMatchObject({ vcpus: 36, memory: 73_728, taskInterfaces: 60 });
  expect(type("m6i.8xlarge")?.taskInterfaces).toBe(90);
  expect(type("m6g.8xlarge")?.taskInterfaces).toBe(60);
  // Burstable families have no trunk: their interfaces less their own.
  expect(type("t3.large")?.taskInterfaces).toBe(2);
});

it("an instance never gives its tasks all of its memory", () => {
  for (const type of INSTANCE_TYPES.values()) expect(memoryForTasks(type)).toBeLessThan(type.memory * 0.95);
});
