import { readdirSync, readFileSync } from "node:fs";
import { PERMITTED_SERVICES } from "../../../modules/identity/boundary";
import { grantOf, GRANTS } from "../../../modules/identity/grants";
import { grantsFor } from "../../../stacks/permissions-stack";
import { isFoundation } from "../../../stacks/graph";
import { loadCompany, removeFolders } from "../../support/company";
import {
  objects,
  strings,
  synthesized,
  synthesizedAlone,
  type SynthesizedStack,
} from "../../support/synthesized";
import { accountOf, acmeFleet } from "../../support/toy-stacks";

afterAll(removeFolders);

/** Every section of an account, so that every grant is there. */
const everything = () =>
  loadCompany({
    accounts: {
      live: { queue: { queues: {}, topics: {} }, data: {}, edge: {}, registry: {} },
      "shared-services": { registry: undefined },
    },
    services: { orders: undefined, mailer: undefined },
  });

const permissions = () => synthesizedAlone(acmeFleet(), "live-permissions");
const statementsOf = (stack: SynthesizedStack) =>
  stack.resources("aws_iam_policy").flatMap(({ values }) => stack.statements(values["policy"]));

describe("what the role that applies may do", () => {
  it("is in a stack of its own, a policy a concern, attached to that role", () => {
    const stack = permissions();

    expect(stack.resources("aws_iam_policy").map(({ values }) => values["name"])).toEqual(
      expect.arrayContaining(["slipway-apply-identity", "slipway-apply-network", "slipway-apply-compute"]),
    );
    for (const { values } of stack.resources("aws_iam_role_policy_attachment"))
      expect(values["role"]).toBe("slipway-apply");
  });

  it("is granted before everything and revoked after everything: all else depends on it", () => {
    const { platform } = synthesized(acmeFleet());
    const others = platform.stacks.filter((node) => !isFoundation(node));

    expect(others.length).toBeGreaterThan(10);
    for (const { id, account, dependsOn } of others)
      expect([id, dependsOn.includes(`${account.name}-permissions`)]).toEqual([id, true]);
  });

  it("works what slipway migrate starts, tests and stops", () => {
    const all = GRANTS.flatMap(({ statements }) => String(statements)).join();
    for (const verb of ["TestMigration", "StartMigration", "CompleteMigration", "TestConnection"])
      expect(all).toContain(`"${verb}"`);
  });

  it("is not in bootstrap any more: there it writes states only", () => {
    const bootstrap = synthesizedAlone(acmeFleet(), "live-bootstrap");
    const actions = bootstrap
      .statements(bootstrap.at("aws_iam_role_policy.apply_policy")["policy"])
      .flatMap((statement) => strings(statement["actions"]));

    expect(actions.filter((action) => !/^(s3|kms):/.test(action))).toEqual([]);
  });

  it("is enough to have images scanned by Amazon Inspector", () => {
    const statements = statementsOf(synthesizedAlone(acmeFleet(), "shared-services-permissions"));
    const scanning = statements.find(({ actions }) => strings(actions).includes("inspector2:Enable"));
    const linked = statements.find(({ actions }) => strings(actions).includes("iam:CreateServiceLinkedRole"));

    expect(strings(scanning?.["actions"])).toContain("inspector2:Disable");
    expect(objects(scanning?.["condition"])[0]).toMatchObject({ variable: "aws:RequestedRegion" });
    expect(strings(objects(linked?.["condition"])[0]?.["values"])).toContain("inspector2.amazonaws.com");
  });

  it("goes with the section of the account that it is for", () => {
    const fleet = loadCompany({
      accounts: { "shared-services": { registry: undefined }, live: { registry: {} } },
    });

    expect(grantsFor(accountOf(acmeFleet(), "shared-services"), acmeFleet().organization)).toContain(
      "delivery",
    );
    expect(grantsFor(accountOf(fleet, "shared-services"), fleet.organization)).not.toContain("delivery");
    expect(grantsFor(accountOf(acmeFleet(), "management"), acmeFleet().organization)).toEqual(["identity"]);
  });

  it("covers every resource of every stack", () => {
    const { platform, stacks } = synthesized(acmeFleet());
    const missing = platform.stacks.flatMap((node) => {
      if (isFoundation(node)) return [];
      const granted = grantsFor(node.account, platform.fleet.organization);
      return (stacks.get(node.id)?.resources() ?? []).flatMap(({ type, address }) => {
        const concern = grantOf(type)?.concern;
        return concern !== undefined && granted.includes(concern)
          ? []
          : [`${node.id}: ${address} needs ${concern ?? "a grant that nobody has written"}`];
      });
    });

    expect(missing).toEqual([]);
  });

  it("names a grant for every type of resource that the modules and stacks import", () => {
    const types = importedTypes();

    expect(types.length).toBeGreaterThan(40);
    expect(types.filter((type) => grantOf(type) === undefined)).toEqual([]);
  });

  it("makes roles under the boundary only", () => {
    const [make] = statementsOf(permissions()).filter(({ actions }) =>
      strings(actions).includes("iam:CreateRole"),
    );

    expect(make?.["condition"]).toEqual([
      {
        test: "StringEquals",
        variable: "iam:PermissionsBoundary",
        values: ["arn:aws:iam::200000000003:policy/slipway-boundary"],
      },
    ]);
  });

  it("hands only workloads' roles on, and only to services that run them", () => {
    const passing = statementsOf(permissions()).filter(({ actions }) =>
      strings(actions).includes("iam:PassRole"),
    );

    expect(passing).toHaveLength(1);
    expect(passing[0]?.["resources"]).toEqual(["arn:aws:iam::200000000003:role/slipway/*"]);
    expect(objects(passing[0]?.["condition"])[0]?.["variable"]).toBe("iam:PassedToService");
  });

  it("reads no message, object or image, and has no bare star", () => {
    const actions = statementsOf(synthesizedAlone(everything(), "live-permissions")).flatMap((statement) =>
      strings(statement["actions"]),
    );

    expect(actions.filter((action) => /^(\*|[a-z0-9-]+:\*)$/.test(action))).toEqual([]);
    expect(
      actions.filter((action) =>
        /ReceiveMessage|s3:GetObject|ecr:(BatchGet|PutImage$|GetDownload)/.test(action),
      ),
    ).toEqual([]);
  });

  it("reads no secret but the brokers' own", () => {
    const reading = statementsOf(synthesizedAlone(everything(), "live-permissions")).filter(({ actions }) =>
      strings(actions).includes("secretsmanager:GetSecretValue"),
    );

    expect(reading.flatMap(({ resources }) => strings(resources))).toEqual([
      "arn:aws:secretsmanager:eu-central-1:200000000003:secret:live/broker/*",
    ]);
  });
});

describe("what the role that plans may see", () => {
  const denied = () => {
    const bootstrap = synthesizedAlone(acmeFleet(), "live-bootstrap");
    return bootstrap
      .statements(bootstrap.at("aws_iam_role_policy.plan_policy")["policy"])
      .filter(({ effect }) => effect === "Deny")
      .flatMap(({ actions }) => strings(actions));
  };
  const isDenied = (action: string) =>
    denied().some((pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(action));

  it.each([
    "cognito-idp:DescribeUserPool",
    "cognito-idp:DescribeUserPoolClient",
    "ecr:DescribeRepositories",
    "lambda:GetFunction",
    "lambda:GetFunctionCodeSigningConfig",
    "lambda:GetPolicy",
    "logs:DescribeLogGroups",
    "mq:DescribeBroker",
    "mq:DescribeUser",
    "rds:DescribeDBClusters",
    "secretsmanager:DescribeSecret",
    "sqs:GetQueueAttributes",
    "ssm:GetParameter",
  ])("a refresh reads %s", (action) => expect(isDenied(action)).toBe(false));

  it.each([
    "cognito-idp:ListUsers",
    "dynamodb:GetItem",
    "ec2:GetPasswordData",
    "ecr:BatchGetImage",
    "logs:GetLogEvents",
    "rds:DownloadDBLogFilePortion",
    "s3:GetObject",
    "secretsmanager:GetSecretValue",
    "sqs:ReceiveMessage",
  ])("nothing reads %s", (action) => expect(isDenied(action)).toBe(true));
});

describe("the boundary", () => {
  it("permits every service that a grant or a role of a stack names: nothing is granted in vain", () => {
    const granted = [
      ...synthesized(acmeFleet()).stacks.values(),
      synthesizedAlone(everything(), "live-permissions"),
    ]
      .flatMap((stack) =>
        ["aws_iam_policy", "aws_iam_role_policy"].flatMap((type) =>
          stack.resources(type).flatMap(({ values }) => stack.statements(values["policy"])),
        ),
      )
      .filter(({ effect }) => effect !== "Deny")
      .flatMap(({ actions }) => strings(actions))
      .map((action) => action.split(":")[0] ?? "");
    const permitted = new Set<string>(PERMITTED_SERVICES);

    expect([...new Set(granted)].filter((service) => !permitted.has(service))).toEqual([]);
  });
});

describe("AWS's quotas", () => {
  it("are kept: ten managed policies a role, 6,144 characters each", () => {
    const stack = synthesizedAlone(everything(), "live-permissions");
    const policies = stack.resources("aws_iam_policy");

    // Units are the management account's alone, which has little else; data moves into no account with the registry.
    const elsewhere = ["migration", "organization"];
    expect(policies).toHaveLength(GRANTS.filter(({ concern }) => !elsewhere.includes(concern)).length);
    // AWS's ReadOnlyAccess is the tenth.
    expect(policies.length + 1).toBeLessThanOrEqual(10);
    for (const { id, values } of policies) {
      const text = JSON.stringify(rendered(stack.statements(values["policy"])));
      expect([id, text.length < 6144]).toEqual([id, true]);
    }
  });

  it("are kept by the boundary", () => {
    const stack = synthesizedAlone(acmeFleet(), "management-bootstrap");
    const { policy } = stack.at("aws_iam_policy.boundary_policy");

    expect(JSON.stringify(rendered(stack.statements(policy))).length).toBeLessThan(6144);
  });
});

/** A policy as AWS counts it. */
function rendered(statements: ReturnType<SynthesizedStack["statements"]>) {
  return {
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect, actions, resources, condition }) => ({
      Sid: sid,
      Effect: effect ?? "Allow",
      Action: actions,
      Resource: resources,
      Condition: condition,
    })),
  };
}

/** Types of the resources whose classes are imported from the provider anywhere in modules and stacks. */
function importedTypes(): string[] {
  const files = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? files(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    );
  const modules = ["modules", "stacks"].flatMap(files).map((file) => readFileSync(file, "utf8"));
  const names = modules.flatMap((text) =>
    [...text.matchAll(/@cdktf\/provider-aws\/lib\/([a-z0-9-]+)"/g)].map(([, name = ""]) => name),
  );
  return [...new Set(names)]
    .filter((name) => !name.startsWith("data-") && name !== "provider")
    .map((name) => `aws_${name.replaceAll("-", "_")}`);
}
