import { loadCompany, removeFolders, type Change } from "../../support/company";
import { refusal, violationsOf } from "../../support/violations";

afterAll(removeFolders);

/** One mistake, and what a person must be told about it. */
interface Mistake {
  readonly change: Change;
  /** End of the file's path. */
  readonly file: string;
  readonly path: string;
  readonly given: unknown;
  /** Part of what is allowed. */
  readonly allowed: string | RegExp;
  /** Part of what to do. */
  readonly mend?: string | RegExp;
}

const service = (name: string, values: Record<string, unknown>): Change => ({
  services: { [name]: { name, owner: "team@acme.example", containerPort: 8080, ...values } },
});
const orders = (values: Record<string, unknown>): Change => ({ services: { orders: values } });
const live = (values: Record<string, unknown>): Change => ({ accounts: { live: values } });

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "an unknown key, with the one that was meant": {
    change: orders({ memroy: 1024 }),
    file: "services/orders.json",
    path: "memroy",
    given: "memroy",
    allowed: /one of the fields, such as memory/,
    mend: "write memory",
  },
  "an unknown key deep within": {
    change: live({ network: { cidrBlok: "10.1.0.0/16" } }),
    file: "accounts/live.json",
    path: "network.cidrBlok",
    given: "cidrBlok",
    allowed: /cidrBlock, availabilityZones, mayMeet, publicZone/,
    mend: "write cidrBlock",
  },
  "an unknown key in an entry of a list": {
    change: orders({ loadBalancers: [{ alb: "public", hosts: "orders", host: "orders" }] }),
    file: "services/orders.json",
    path: "loadBalancers[0].hosts",
    given: "hosts",
    allowed: /such as host/,
    mend: "write host",
  },
  "an unknown key that is like none": {
    change: orders({ kubernetesNamespace: "orders" }),
    file: "services/orders.json",
    path: "kubernetesNamespace",
    given: "kubernetesNamespace",
    allowed: /one of the fields/,
    mend: "remove the field",
  },
  "an unknown key of the organization": {
    change: { organization: { costCenter: "42" } },
    file: "organization.json",
    path: "costCenter",
    given: "costCenter",
    allowed: /one of the fields/,
    mend: "write costCentre",
  },
  "a wrong type": {
    change: orders({ cpu: "512" }),
    file: "services/orders.json",
    path: "cpu",
    given: "512",
    allowed: "a value of type number",
  },
  "a value that is missing": {
    change: live({ preset: undefined }),
    file: "accounts/live.json",
    path: "preset",
    given: "nothing",
    allowed: 'one of "live", "qa", "development", "playground"',
  },
  "a value that is none of a set, with the one that was meant": {
    change: live({ preset: "develpment" }),
    file: "accounts/live.json",
    path: "preset",
    given: "develpment",
    allowed: 'one of "live", "qa", "development", "playground"',
    mend: 'write "development"',
  },
  "a number out of range": {
    change: orders({ stopTimeout: 300 }),
    file: "services/orders.json",
    path: "stopTimeout",
    given: 300,
    allowed: "at most 120",
  },
  "an e-mail address that is none": {
    change: orders({ owner: "the orders team" }),
    file: "services/orders.json",
    path: "owner",
    given: "the orders team",
    allowed: "a well-formed email address",
  },
  "a CIDR that is none": {
    change: live({ network: { cidrBlock: "10.20.0.0" } }),
    file: "accounts/live.json",
    path: "network.cidrBlock",
    given: "10.20.0.0",
    allowed: "a well-formed IPv4 range",
  },
  "an account id that is a number": {
    change: live({ id: 200000000003 }),
    file: "accounts/live.json",
    path: "id",
    given: 200000000003,
    allowed: "a value of type string",
  },
  "an account id of eleven digits": {
    change: live({ id: "20000000003" }),
    file: "accounts/live.json",
    path: "id",
    given: "20000000003",
    allowed: "twelve digits, as a string",
  },
  "an account id twice": {
    change: live({ id: "200000000004" }),
    file: "accounts/live.json",
    path: "id",
    given: "200000000004",
    allowed: /an account id of its own; .*accounts\/development\.json has this one/,
  },
  "an account's e-mail address twice, whatever its case": {
    change: live({ email: "Development@acme.example" }),
    file: "accounts/live.json",
    path: "email",
    given: "Development@acme.example",
    allowed: /an address of its own; .*accounts\/development\.json has this one/,
  },
  "an account's name twice": {
    change: live({ name: "development" }),
    file: "accounts/live.json",
    path: "name",
    given: "development",
    allowed: /a name of its own; .*accounts\/development\.json has this one/,
  },
  "networks that overlap": {
    change: live({ network: { cidrBlock: "10.30.128.0/18" } }),
    file: "accounts/live.json",
    path: "network.cidrBlock",
    given: "10.30.128.0/18",
    allowed: "a range that shares no address with development's 10.30.0.0/16",
    mend: /network\.mayMeet/,
  },
  "a network with host bits set": {
    change: live({ network: { cidrBlock: "10.20.1.0/16" } }),
    file: "accounts/live.json",
    path: "network.cidrBlock",
    given: "10.20.1.0/16",
    allowed: /whose first address is its base/,
  },
  "a network in which the subnets do not fit": {
    change: live({ network: { cidrBlock: "10.20.0.0/23" } }),
    file: "accounts/live.json",
    path: "network.cidrBlock",
    given: "10.20.0.0/23",
    allowed: /would be \/29, and AWS makes none smaller than \/28/,
    mend: "choose a /22 or larger",
  },
  "a network larger than a VPC may be": {
    change: live({ network: { cidrBlock: "10.0.0.0/8" } }),
    file: "accounts/live.json",
    path: "network.cidrBlock",
    given: "10.0.0.0/8",
    allowed: /no VPC larger than \/16/,
  },
  "a zone letter twice": {
    change: live({ network: { availabilityZones: ["a", "b", "a"] } }),
    file: "accounts/live.json",
    path: "network.availabilityZones[2]",
    given: "a",
    allowed: "each zone once",
  },
  "a public zone that another account has": {
    change: live({ network: { publicZone: "development.acme.example" } }),
    file: "accounts/live.json",
    path: "network.publicZone",
    given: "development.acme.example",
    allowed: "a zone of its own; development has this one",
  },
  "a door that the account lacks, with the one that was meant": {
    change: orders({ loadBalancers: [{ alb: "pubic", host: "orders" }] }),
    file: "services/orders.json",
    path: "loadBalancers[0].alb (in development)",
    given: "pubic",
    allowed: "a load balancer of development: public, internal",
    mend: 'write "public"',
  },
  "two services on one host and path": {
    change: service("shop", { loadBalancers: [{ alb: "public", host: "orders" }] }),
    file: "services/shop.json",
    path: "loadBalancers[0] (in development)",
    given: "orders/* on public",
    allowed: /that no other service has; .*services\/orders\.json has this one/,
    mend: /give one of the two a path/,
  },
  "one host and path twice in a service": {
    change: orders({
      loadBalancers: [
        { alb: "public", host: "orders" },
        { alb: "public", host: "orders" },
      ],
    }),
    file: "services/orders.json",
    path: "loadBalancers[1] (in live)",
    given: "orders/* on public",
    allowed: "each host and path once",
    mend: "remove one of the two",
  },
  "two secrets of one Terraform address": {
    change: live({ secrets: { "orders-database": { description: "The same database again" } } }),
    file: "accounts/live.json",
    path: "secrets.orders-database",
    given: "orders-database",
    allowed: "a name that differs from orders/database in more than punctuation",
  },
  "two repositories of one Terraform address": {
    change: {
      services: {
        orders: { repository: "shop/web" },
        mailer: { repository: "shop.web" },
      },
    },
    file: "services/orders.json",
    path: "repository",
    given: "shop/web",
    allowed: "a repository that differs from shop.web in more than punctuation",
  },
  "a CPU size that Fargate lacks": {
    change: orders({ cpu: 300 }),
    file: "services/orders.json",
    path: "cpu (in development, live)",
    given: 300,
    allowed: "one of 256, 512, 1024, 2048, 4096, 8192, 16384",
  },
  "a pair of CPU and memory that Fargate lacks": {
    change: orders({ cpu: 256, memory: 4096 }),
    file: "services/orders.json",
    path: "memory (in development, live)",
    given: 4096,
    allowed: "with cpu 256: 512, 1024, 2048",
    mend: "write cpu 512 for 4096 MiB",
  },
  "memory between two of Fargate's steps": {
    change: orders({ cpu: 1024, memory: 2500 }),
    file: "services/orders.json",
    path: "memory (in development, live)",
    given: 2500,
    allowed: "with cpu 1024: 2048 to 8192 in steps of 1024",
    mend: "write memory 3072",
  },
  "a name too long once prefixed, and how much of it is left": {
    change: service("orders-and-subscriptions", { loadBalancers: [{ alb: "internal", host: "subscribe" }] }),
    file: "services/orders-and-subscriptions.json",
    path: "name (in development, live)",
    given: "orders-and-subscriptions",
    allowed:
      'at most 22 characters; with what is put around it, the target group "orders-and-subscriptions--internal" has 34, and AWS takes 32',
    mend: "shorten it by 2",
  },
  "a zone too long for a certificate": {
    change: live({ network: { publicZone: `${"long-".repeat(9)}zone.acme.example` } }),
    file: "accounts/live.json",
    path: "network.publicZone",
    given: `${"long-".repeat(9)}zone.acme.example`,
    allowed: /at most 53 characters; .*certificate name/,
  },
  "a region outside the organization's": {
    change: live({ region: "us-west-2" }),
    file: "accounts/live.json",
    path: "region",
    given: "us-west-2",
    allowed: "one of allowedRegions: eu-central-1, us-east-1",
    mend: /allowedRegions/,
  },
  "a home region that the organization does not allow": {
    change: { organization: { allowedRegions: ["eu-west-1"] } },
    file: "organization.json",
    path: "region",
    given: "eu-central-1",
    allowed: "one of allowedRegions: eu-west-1",
  },
  "a region that is none": {
    change: { organization: { region: "eu-centrl-1" } },
    file: "organization.json",
    path: "region",
    given: "eu-centrl-1",
    allowed: /^one of "af-south-1", .*"eu-central-1"/,
    mend: /write "eu-central-1"/,
  },
  "a secret that the account lacks, with the one that was meant": {
    change: orders({ secrets: { DATABASE_URL: "orders/databse" } }),
    file: "services/orders.json",
    path: "secrets.DATABASE_URL (in development)",
    given: "orders/databse",
    allowed: "a secret of development: orders/database, mail/provider",
    mend: 'write "orders/database"',
  },
  "a secret in clear, by its name, without showing it": {
    change: orders({ environment: { DB_PASSWORD: "correct horse battery staple" } }),
    file: "services/orders.json",
    path: "environment.DB_PASSWORD (in development, live)",
    given: "a value that looks like a secret (not shown)",
    allowed: /plain settings only/,
    mend: /secrets: \{ DB_PASSWORD/,
  },
  "an access key in clear, by its form": {
    change: orders({ environment: { BUCKET_USER: "AKIAIOSFODNN7EXAMPLE" } }),
    file: "services/orders.json",
    path: "environment.BUCKET_USER (in development, live)",
    given: "a value that looks like a secret (not shown)",
    allowed: /plain settings only/,
  },
  "a password within an address": {
    change: orders({ environment: { BROKER: "amqps://orders:hunter2@mq.acme.example" } }),
    file: "services/orders.json",
    path: "environment.BROKER (in development, live)",
    given: "a value that looks like a secret (not shown)",
    allowed: /plain settings only/,
  },
  "a variable that is a setting and a secret": {
    change: orders({ environment: { DATABASE_URL: "postgres://orders" } }),
    file: "services/orders.json",
    path: "secrets.DATABASE_URL (in development, live)",
    given: "DATABASE_URL",
    allowed: /ECS refuses the pair/,
  },
  "a worker with a port": {
    change: { services: { mailer: { containerPort: 8080 } } },
    file: "services/mailer.json",
    path: "containerPort (in development, live)",
    given: 8080,
    allowed: "none: a worker listens on no port",
    mend: /kind: "service"/,
  },
  "a worker behind a door": {
    change: { services: { mailer: { loadBalancers: [{ alb: "public", host: "mail" }] } } },
    file: "services/mailer.json",
    path: "loadBalancers (in development, live)",
    given: ["public"],
    allowed: "none: a worker stands behind no door",
  },
  "a worker to be found by name": {
    change: { services: { mailer: { serviceDiscovery: true } } },
    file: "services/mailer.json",
    path: "serviceDiscovery (in development, live)",
    given: true,
    allowed: /nothing to be found for/,
  },
  "a service without a port": {
    change: service("shop", { containerPort: undefined }),
    file: "services/shop.json",
    path: "containerPort (in development, live)",
    given: undefined,
    allowed: "a port: a service listens on one",
    mend: /kind: "worker"/,
  },
  "more tasks at least than at most": {
    change: orders({ autoScaling: { minCapacity: 5, maxCapacity: 3 } }),
    file: "services/orders.json",
    path: "autoScaling.maxCapacity (in development, live)",
    given: 3,
    allowed: "at least minCapacity, 5",
  },
  "scaling on requests that nobody counts": {
    change: { services: { mailer: { autoScaling: { requestsPerTarget: 100 } } } },
    file: "services/mailer.json",
    path: "autoScaling.requestsPerTarget (in development, live)",
    given: 100,
    allowed: /without a load balancer nobody counts/,
  },
  "a health check that takes longer than its interval": {
    change: orders({ healthCheck: { interval: 10, timeout: 10 } }),
    file: "services/orders.json",
    path: "healthCheck.timeout (in development, live)",
    given: 10,
    allowed: "less than interval, 10",
  },
  "an idle timeout over the load balancer's": {
    change: orders({ loadBalancers: [{ alb: "public", host: "orders", idleTimeout: 400 }] }),
    file: "services/orders.json",
    path: "loadBalancers[0].idleTimeout (in development)",
    given: 400,
    allowed: /at most the 60 s after which load balancer public of development closes/,
    mend: "raise hosting.loadBalancers.public.idleTimeout of development",
  },
  "a host that a zone stands on": {
    change: orders({ loadBalancers: [{ alb: "public", host: "internal" }] }),
    file: "services/orders.json",
    path: "loadBalancers[0].host",
    given: "internal",
    allowed: /which are zones/,
  },
  "a service in an account without hosting": {
    change: orders({ accounts: ["shared-services"] }),
    file: "services/orders.json",
    path: "accounts[0]",
    given: "shared-services",
    allowed: "an account with hosting: development, live",
  },
  "a service's name twice": {
    change: { services: { shop: { name: "orders", owner: "team@acme.example", containerPort: 80 } } },
    file: "services/shop.json",
    path: "name",
    given: "orders",
    allowed: /a name of its own; .*services\/orders\.json has this one/,
  },
  "a network in the management account": {
    change: { accounts: { management: { network: { cidrBlock: "10.90.0.0/16" } } } },
    file: "accounts/management.json",
    path: "network",
    given: "a section",
    allowed: /no workload belongs there/,
    mend: "move it to another account",
  },
  "a registry in the management account": {
    change: { accounts: { management: { registry: {} }, "shared-services": { registry: undefined } } },
    file: "accounts/management.json",
    path: "registry",
    given: "a section",
    allowed: /no workload belongs there/,
  },
  "a secret in the management account": {
    change: { accounts: { management: { secrets: { token: { description: "A token of somebody" } } } } },
    file: "accounts/management.json",
    path: "secrets",
    given: ["token"],
    allowed: "none in the management account",
  },
  "two management accounts": {
    change: {
      accounts: {
        second: {
          name: "second",
          id: "200000000009",
          email: "second@acme.example",
          kind: "management",
          preset: "live",
        },
      },
    },
    file: "accounts/second.json",
    path: "kind",
    given: "management",
    allowed: "one management account; management is it",
  },
  "no management account": {
    change: { accounts: { management: { kind: "workload" } } },
    file: "organization.json",
    path: "",
    given: "no account of kind management",
    allowed: /exactly one/,
    mend: /accounts\/management\.ts/,
  },
  "two registries": {
    change: { accounts: { live: { registry: {} } } },
    file: "accounts/shared-services.json",
    path: "registry",
    given: "a registry",
    allowed: "one account with a registry; live is it",
  },
  "hosting without a network": {
    change: live({ network: undefined }),
    file: "accounts/live.json",
    path: "hosting",
    given: "hosting without network",
    allowed: "hosting together with network",
    mend: "add a network section",
  },
  "tasks without a way to AWS": {
    change: live({ capabilities: { natGateways: "none", interfaceEndpoints: ["ecr.api", "ecr.dkr"] } }),
    file: "accounts/live.json",
    path: "capabilities.interfaceEndpoints",
    given: ["ecr.api", "ecr.dkr"],
    allowed:
      "at least logs, secretsmanager, ssm, kms too: without a NAT gateway tasks reach AWS by endpoints only",
    mend: /natGateways/,
  },
  "working hours that end before they begin": {
    change: live({
      capabilities: { workingHours: { timezone: "Europe/Berlin", start: "20:00", stop: "07:00" } },
    }),
    file: "accounts/live.json",
    path: "capabilities.workingHours.stop",
    given: "07:00",
    allowed: "later than start, 20:00",
  },
  "a time zone that is none": {
    change: live({ capabilities: { workingHours: { timezone: "Berlin", start: "07:00", stop: "20:00" } } }),
    file: "accounts/live.json",
    path: "capabilities.workingHours.timezone",
    given: "Berlin",
    allowed: "an IANA time zone such as Europe/Berlin",
  },
  "a permission to do everything": {
    change: orders({ taskRoleStatements: [{ sid: "All", actions: ["*"], resources: ["arn:aws:s3:::b"] }] }),
    file: "services/orders.json",
    path: "taskRoleStatements[0].actions[0]",
    given: "*",
    allowed: "service:Action, with a * at the end at most",
  },
  "a permission on everything": {
    change: orders({ taskRoleStatements: [{ sid: "All", actions: ["s3:GetObject"], resources: ["*"] }] }),
    file: "services/orders.json",
    path: "taskRoleStatements[0].resources[0]",
    given: "*",
    allowed: /an ARN/,
  },
  "a container run as root": {
    change: orders({ user: "0:0" }),
    file: "services/orders.json",
    path: "user (in development, live)",
    given: "0:0",
    allowed: "a uid, and gid if given, other than 0 unless a waiver says why",
  },
  "a repository with a wildcard in CI": {
    change: { organization: { continuousIntegration: { repository: "acme/*" } } },
    file: "organization.json",
    path: "continuousIntegration.repository",
    given: "acme/*",
    allowed: "owner/name, without wildcards",
  },
  "recorded facts that are no JSON": {
    change: { files: { "facts/live.json": "{ publicZone" } },
    file: "facts/live.json",
    path: "",
    given: expect.stringContaining("JSON"),
    allowed: "JSON",
    mend: "run slipway facts --write",
  },
  "a service file that does not load": {
    change: { files: { "services/broken.ts": 'export default { name: "broken", ' } },
    file: "services/broken.ts",
    path: "",
    given: expect.any(String),
    allowed: "a TypeScript file that loads, with a default export",
  },
  "a service file that imports what is not there": {
    change: { files: { "services/broken.ts": 'import x from "./nowhere"; export default x;' } },
    file: "services/broken.ts",
    path: "",
    given: expect.stringContaining("./nowhere"),
    allowed: "a TypeScript file that loads, with a default export",
  },
  "a service file without a default export": {
    change: { files: { "services/broken.ts": "export const forgotten = 1;" } },
    file: "services/broken.ts",
    path: "",
    given: "no default export",
    allowed: "a TypeScript file that loads, with a default export",
  },
};

describe("what is refused, with file, path, value and what is allowed", () => {
  it.each(Object.entries(MISTAKES))("%s", (_, { change, file, path, given, allowed, mend }) => {
    const violations = violationsOf(() => loadCompany(change));

    expect(violations).toContainEqual(
      expect.objectContaining({
        file: expect.stringMatching(new RegExp(`(^|/)${file.replaceAll(".", "\\.")}$`)),
        path,
        given,
        allowed: typeof allowed === "string" ? allowed : expect.stringMatching(allowed),
        ...(mend === undefined ? {} : { mend: expect.stringMatching(mend) }),
      }),
    );
  });

  it.each(Object.entries(MISTAKES))("prints all of it: %s", (_, { change, path, mend }) => {
    const { message } = refusal(() => loadCompany(change));

    expect(message).toContain(path);
    expect(message).toContain("allowed: ");
    if (mend !== undefined) expect(message).toMatch(/mend: /);
    expect(message).not.toMatch(/^\s+at /m);
  });
});

describe("several mistakes at once", () => {
  it("are all said, each with its file, across organization, accounts and services", () => {
    const violations = violationsOf(() =>
      loadCompany({
        organization: { region: "Frankfurt" },
        accounts: { live: { id: "1" } },
        services: { orders: { cpu: "512" }, mailer: { memroy: 1 } },
        files: { "services/broken.ts": "export default {" },
      }),
    );

    expect(violations.map(({ file, path }) => `${file.split("/").slice(-2).join("/")} ${path}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/organization\.json region$/),
        "accounts/live.json id",
        "services/orders.json cpu",
        "services/mailer.json memroy",
        "services/broken.ts ",
      ]),
    );
  });

  it("are all said when each is about how parts of the company fit together", () => {
    const violations = violationsOf(() =>
      loadCompany({
        accounts: { live: { network: { cidrBlock: "10.30.0.0/16" }, email: "development@acme.example" } },
        services: {
          orders: { memory: 100, secrets: { DATABASE_URL: "nowhere" } },
          mailer: { containerPort: 1 },
        },
      }),
    );

    expect(violations.map(({ path }) => path.replace(/ \(in .*/, ""))).toEqual(
      expect.arrayContaining([
        "network.cidrBlock",
        "email",
        "memory",
        "secrets.DATABASE_URL",
        "containerPort",
      ]),
    );
  });

  it("do not make a service look wrong because its account is", () => {
    const violations = violationsOf(() =>
      loadCompany({
        accounts: { live: { id: "1" } },
        services: { orders: { accounts: ["live"], overrides: { live: { cpu: 1024, memory: 2048 } } } },
      }),
    );

    expect(violations.map(({ path }) => path)).toEqual(["id"]);
  });

  it("are counted in the message's first line", () => {
    const { message, violations } = refusal(() =>
      loadCompany({ services: { orders: { cpu: "512", memory: "1" } } }),
    );

    expect(violations).toHaveLength(2);
    expect(message.split("\n")[0]).toBe("The organization has 2 problems:");
  });
});

describe("what is not refused", () => {
  it("ranges that overlap where one of the two networks will never meet the other", () => {
    const fleet = loadCompany({
      accounts: { live: { network: { cidrBlock: "10.30.0.0/16", mayMeet: false } } },
    });

    expect(fleet.accounts.find(({ name }) => name === "live")?.network?.cidrBlock).toBe("10.30.0.0/16");
  });

  it("two services on one host with paths of their own", () => {
    const fleet = loadCompany(
      service("shop", { loadBalancers: [{ alb: "public", host: "orders", path: "/shop/*" }] }),
    );

    expect(fleet.services["live"]?.map(({ name }) => name)).toEqual(["mailer", "orders", "shop"]);
  });
});
