import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { expiredWaivers } from "../../environments/schema/checks/waivers";
import type { Fleet } from "../../environments/schema/fleet";
import { loadFleet } from "../../environments/schema/load";
import type { Waiver } from "../../environments/schema/waiver";
import { GuardrailError } from "../../stacks/errors";
import { buildPlatform, type PlatformOptions } from "../../stacks/graph";
import { enforceGuardrails } from "../../stacks/guardrails";
import { loadCompany, removeFolders, temporaryFolder, writeCompany, type Change } from "../support/company";

afterAll(removeFolders);

/** A service whose code may decrypt with every key: what the schema takes and a guardrail does not. */
const DECRYPTS_ALL: Change = {
  services: {
    orders: {
      taskRoleStatements: [
        { sid: "Decrypt", actions: ["kms:Decrypt"], resources: ["arn:aws:kms:*:*:key/*"] },
      ],
    },
  },
};
const ROLE_POLICY = "live-service-orders/aws_iam_role_policy.roles_task_policy";

const waiver = (change: Partial<Waiver> = {}): Waiver => ({
  rule: "no-decrypt-on-all",
  resource: "*-service-orders/aws_iam_role_policy.roles_task_policy",
  reason: "Reads the archive, whose keys other teams make",
  owner: "orders@acme.example",
  expires: "2027-06-30",
  ...change,
});
const withWaivers = (change: Change, ...waivers: Waiver[]): Change => ({
  ...change,
  organization: { waivers },
});

const build = (fleet: Fleet, options: PlatformOptions = {}) =>
  buildPlatform(fleet, { outdir: temporaryFolder(), ...options });

function refusal(attempt: () => unknown): GuardrailError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof GuardrailError) return error;
    throw error;
  }
  throw new Error("It was accepted");
}

describe("the organization that Slipway ships with", () => {
  const platform = build(loadFleet("environments"));

  test("breaks no guardrail", () => {
    expect(() => enforceGuardrails(platform.fleet, platform.stacks)).not.toThrow();
  });

  test("is refused with a task's port open to the internet, by the rule's address", () => {
    const { stack } = platform.stacks.find(({ id }) => id === "live-service-charging-api") ?? {};
    if (stack === undefined) throw new Error("live-service-charging-api is not there");
    const rule = new VpcSecurityGroupIngressRule(stack, "shell", {
      securityGroupId: "sg-1",
      ipProtocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrIpv4: "0.0.0.0/0",
    });
    const { message } = refusal(() => enforceGuardrails(platform.fleet, platform.stacks));
    stack.node.tryRemoveChild(rule.node.id);
    expect(message).toContain("live-service-charging-api/aws_vpc_security_group_ingress_rule.shell");
    expect(message).toContain("no-public-ingress (EC2.2, EC2.13");
    expect(message).toContain("ports 22 to 22 open to 0.0.0.0/0");
    expect(message).toContain('rule: "no-public-ingress", resource: "live-service-charging-api/');
  });
});

test("all faults of all stacks are told at once, one fault of many stacks once", () => {
  const { broken } = refusal(() => build(loadCompany(DECRYPTS_ALL)));
  expect(broken.map(({ resources }) => resources)).toEqual([
    ["development-service-orders/aws_iam_role_policy.roles_task_policy", ROLE_POLICY],
  ]);
});

test.each(["1", "3"])("fails a synth of %s processes with exit code 1, and writes nothing", (processes) => {
  const directory = temporaryFolder();
  writeCompany(directory, DECRYPTS_ALL);
  const outdir = join(directory, "cdktf.out");
  const { status, stderr } = spawnSync(process.execPath, ["--require", "./cli/register.js", "main.ts"], {
    cwd: resolve(__dirname, "../.."),
    env: {
      ...process.env,
      SLIPWAY_ORGANIZATION: directory,
      CDKTF_OUTDIR: outdir,
      SLIPWAY_PROCESSES: processes,
    },
    encoding: "utf8",
  });
  expect(stderr).toContain(ROLE_POLICY);
  expect(stderr).not.toContain("    at ");
  expect(status).toBe(1);
  const written = readdirSync(outdir, { recursive: true, withFileTypes: true });
  expect(written.filter((entry) => entry.isFile())).toEqual([]);
});

describe("a waiver", () => {
  test("lets a resource through", () => {
    expect(() => build(loadCompany(withWaivers(DECRYPTS_ALL, waiver())))).not.toThrow();
  });

  test("excuses its own resources only", () => {
    const { broken } = refusal(() =>
      build(loadCompany(withWaivers(DECRYPTS_ALL, waiver({ resource: "development-*/**" })))),
    );
    expect(broken.flatMap(({ resources }) => resources)).toEqual([ROLE_POLICY]);
  });

  test("excuses its own rule only", () => {
    const { broken } = refusal(() =>
      build(loadCompany(withWaivers(DECRYPTS_ALL, waiver({ rule: "no-pass-role-on-all" })))),
    );
    expect(broken.map(({ rule }) => rule)).toEqual(["no-decrypt-on-all"]);
  });

  test("that excuses nothing is refused", () => {
    const { broken, mistakes } = refusal(() => build(loadCompany(withWaivers({}, waiver()))));
    expect(broken).toEqual([]);
    expect(mistakes.join()).toMatch(/^waivers\[0\] in .*organization.json: no-decrypt-on-all .* remove it$/);
  });

  test("of a rule that does not exist is refused with the one that was meant", () => {
    const { mistakes } = refusal(() =>
      build(loadCompany(withWaivers(DECRYPTS_ALL, waiver(), waiver({ rule: "no-decrypt-on-al" })))),
    );
    expect(mistakes.join()).toContain("waivers[1]");
    expect(mistakes.join()).toContain('there is no guardrail no-decrypt-on-al; write "no-decrypt-on-all"');
  });

  test("for a stack that still waits for a fact stays", () => {
    const change = {
      facts: { management: undefined },
      organization: {
        waivers: [waiver({ rule: "image-repository", resource: "shared-services-registry-orders/**" })],
      },
    };
    expect(() => build(loadCompany(change))).not.toThrow();
  });

  test("expires the day after its last, which a synth does not see", () => {
    const fleet = loadCompany(withWaivers(DECRYPTS_ALL, waiver({ expires: "2020-02-29" })));
    expect(expiredWaivers(fleet, new Date("2020-02-29T23:59:59Z"))).toEqual([]);
    expect(expiredWaivers(fleet, new Date("2020-03-01T00:00:00Z"))).toEqual([
      expect.objectContaining({ path: "waivers[0].expires", given: "2020-02-29" }),
    ]);
    expect(() => build(fleet)).not.toThrow();
  });
});

test("lifting protection, for once, breaks no guardrail", () => {
  const fleet = loadCompany();
  const ids = new Set(build(fleet).stacks.map(({ id }) => id));
  expect(() => build(fleet, { liftProtection: ids })).not.toThrow();
});
