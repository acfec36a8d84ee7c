import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/company";
import { REPOSITORY, run, Sandbox } from "../support/sandbox";
import { describeWithEmulator } from "../support/tiers";

const ID = "200000000004";
const REGION = "eu-central-1";
const ROLE = "deployer";
const CALL = `node ${join(REPOSITORY, "__tests__", "terraform", "fixtures", "call-aws.mjs")}`;

/** Something that is made by one command and taken away by another, under the caller's own permissions. */
const made = (create: string, destroy: string, input?: string) => ({
  ...(input === undefined ? {} : { input }),
  provisioner: [
    { "local-exec": { command: `${CALL} ${create}` } },
    { "local-exec": { when: "destroy", command: `${CALL} ${destroy}` } },
  ],
});

const component = (name: string) =>
  made(
    `sns Action=CreateTopic Name=${name}`,
    `sns Action=DeleteTopic TopicArn=arn:aws:sns:${REGION}:${ID}:${name}`,
  );

/** What the deployer may do, as a resource that lives and dies with its stack. */
const grant = (input?: string) =>
  made(
    put("stack", ["iam:*RolePolicy", "sns:*"]),
    `iam Action=DeleteRolePolicy RoleName=${ROLE} PolicyName=stack`,
    input,
  );

const put = (name: string, actions: readonly string[], role = ROLE) =>
  `iam Action=PutRolePolicy RoleName=${role} PolicyName=${name} 'PolicyDocument=${document(actions)}'`;
const document = (actions: readonly string[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
  });

/** A policy of least privilege names what it is about, and so comes after it and goes before it. */
const MIXED = { component: component("mixed"), grant: grant("${one(terraform_data.component[*].id)}") };

const PERMISSIONS = { grant: grant() };
const APART = { component: component("apart") };

type Keys = Readonly<Record<string, string>>;

/** Permissions of the one who deploys, in the stack that they are needed for, and in one of their own. */
describeWithEmulator("a stack whose deployer's permissions are its own", () => {
  const sandbox = new Sandbox();
  const folder = temporaryFolder();
  let administrator: Keys = {};
  let deployer: Keys = {};
  afterAll(() => sandbox.stop());

  /** IAM decides from here on, or no more. */
  const enforce = (decides: boolean) =>
    fetch(`${sandbox.attached()}/moto-api/reset-auth`, { method: "POST", body: decides ? "0" : "inf" });

  async function keys(role: string): Promise<Keys> {
    const sts = new STSClient({
      region: REGION,
      endpoint: sandbox.attached(),
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${ID}:role/${role}`, RoleSessionName: "test" }),
    );
    return {
      AWS_ENDPOINT_URL: sandbox.attached(),
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: given?.AccessKeyId ?? "",
      AWS_SECRET_ACCESS_KEY: given?.SecretAccessKey ?? "",
      AWS_SESSION_TOKEN: given?.SessionToken ?? "",
    };
  }

  const call = async (as: Keys, command: string) => {
    const { code, stderr } = await run("sh", ["-c", `${CALL} ${command}`], folder, as);
    expect([code, stderr]).toEqual([0, ""]);
  };

  /** Writes what a stack is made of, or that a commit has removed all of it. */
  function commit(
    stack: string,
    resources: Readonly<Record<string, object>>,
    kind: "adds" | "removes",
  ): void {
    mkdirSync(join(folder, stack), { recursive: true });
    const counted = Object.entries(resources).map(([name, resource]) => [
      name,
      { count: kind === "adds" ? 1 : 0, ...resource },
    ]);
    writeFileSync(
      join(folder, stack, "main.tf.json"),
      JSON.stringify({ resource: { terraform_data: Object.fromEntries(counted) } }),
    );
  }

  async function apply(stack: string, as: Keys) {
    const env = { ...as, CHECKPOINT_DISABLE: "1" };
    const init = await run("terraform", ["init", "-input=false", "-no-color"], join(folder, stack), env);
    expect(init.stderr).toBe("");
    const { code, stderr } = await run(
      "terraform",
      ["apply", "-auto-approve", "-no-color"],
      join(folder, stack),
      env,
    );
    return code === 0 ? "done" : stderr;
  }

  const inState = async (stack: string) =>
    (await run("terraform", ["state", "list"], join(folder, stack), {})).stdout.split("\n").filter(Boolean);

  beforeAll(async () => {
    await sandbox.emulator();
    administrator = await keys("administrator");
    deployer = await keys(ROLE);
    const trust = `'AssumeRolePolicyDocument=${document(["sts:AssumeRole"])}'`;
    for (const name of ["administrator", ROLE])
      await call(administrator, `iam Action=CreateRole RoleName=${name} ${trust}`);
    await call(administrator, put("all", ["*"], "administrator"));
    await enforce(true);
  });

  describe("mixed into it, as least privilege suggests: the permission names the component", () => {
    it("is applied once by an administrator", async () => {
      commit("mixed", MIXED, "adds");

      expect(await apply("mixed", administrator)).toBe("done");
      expect(await apply("mixed", deployer)).toBe("done");
    });

    it("cannot be removed by the deployer: its permission goes first, and the component stays", async () => {
      commit("mixed", MIXED, "removes");

      expect(await apply("mixed", deployer)).toMatch(/AccessDenied[^]*sns:DeleteTopic/);
      expect(await inState("mixed")).toEqual(["terraform_data.component[0]"]);
    });

    it("is in a deadlock: neither once more nor back to the commit before", async () => {
      expect(await apply("mixed", deployer)).toMatch(/AccessDenied/);
      commit("mixed", MIXED, "adds");
      expect(await apply("mixed", deployer)).toMatch(/AccessDenied/);
      expect(await inState("mixed")).toContain("terraform_data.component[0]");
    });

    it("comes down by an administrator's hand only", async () => {
      commit("mixed", MIXED, "removes");

      expect(await apply("mixed", administrator)).toBe("done");
      expect(await inState("mixed")).toEqual([]);
    });
  });

  describe("in a stack of their own, granted before and revoked after, by somebody else", () => {
    it("is applied by the deployer", async () => {
      commit("permissions", PERMISSIONS, "adds");
      commit("apart", APART, "adds");

      expect(await apply("permissions", administrator)).toBe("done");
      expect(await apply("apart", deployer)).toBe("done");
    });

    it("is removed by the deployer, although the same commit removes the permission", async () => {
      commit("permissions", PERMISSIONS, "removes");
      commit("apart", APART, "removes");

      expect(await apply("apart", deployer)).toBe("done");
      expect(await inState("apart")).toEqual([]);
      expect(await apply("permissions", administrator)).toBe("done");
    });
  });
});
