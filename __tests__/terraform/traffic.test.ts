import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadCompany, removeFolders, temporaryFolder } from "../support/company";
import { run } from "../support/sandbox";
import { object, synthesizedAlone, type JsonObject } from "../support/synthesized";
import { describeWithTerraform } from "../support/tiers";

afterAll(removeFolders);

const ARN = "arn:aws:elasticloadbalancing:eu-central-1:200000000003";
const RULE = "aws_lb_listener_rule.door_public_rule_orders";

/** The rule of ACME's orders as it is synthesized, with ARNs in place of what other resources give it. */
function rule(strategy: string): JsonObject {
  const services = { orders: { deploymentConfiguration: { strategy } } };
  const { "//": _metadata, ...values } = synthesizedAlone(
    loadCompany({ services }),
    "live-service-orders",
  ).at(RULE);
  const text = JSON.stringify(values)
    .replaceAll(/\$\{aws_lb_target_group\.\w+_alternate\.arn\}/g, `${ARN}:targetgroup/b/73e2d6bc24d8a068`)
    .replaceAll(/\$\{aws_lb_target_group\.\w+\.arn\}/g, `${ARN}:targetgroup/a/73e2d6bc24d8a067`)
    .replaceAll(
      /\$\{jsondecode[^}]*\}/g,
      `${ARN}:listener/app/live-public/50dc6c495c0c9188/f2f7dc8efc522ab2`,
    );
  return object(JSON.parse(text) as JsonObject);
}

interface State {
  serial: number;
  resources: {
    instances: { attributes: { action: { forward: { target_group: { weight: number }[] }[] }[] } }[];
  }[];
}

describeWithTerraform("a deployment that moves traffic", () => {
  it.each(["BLUE_GREEN", "LINEAR", "CANARY"])("leaves nothing to plan: %s", async (strategy) => {
    const folder = temporaryFolder();
    const terraform = (...parts: string[]) =>
      run("terraform", [...parts, "-input=false", "-no-color"], folder, { CHECKPOINT_DISABLE: "1" });
    const main = {
      terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "6.25.0" } } },
      provider: { aws: { region: "eu-central-1" } },
      resource: { aws_lb_listener_rule: { door_public_rule_orders: rule(strategy) } },
    };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(main));
    await terraform("init");
    expect((await terraform("apply", "-auto-approve")).code).toBe(0);

    const file = join(folder, "terraform.tfstate");
    const state = JSON.parse(readFileSync(file, "utf8")) as State;
    const groups = state.resources[0]?.instances[0]?.attributes.action[0]?.forward[0]?.target_group ?? [];
    expect(groups).toHaveLength(2);
    for (const group of groups) group.weight = 100 - group.weight;
    writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1 }));

    const plan = await terraform("plan", "-refresh=false", "-detailed-exitcode");
    expect(plan.stdout).toContain("No changes");
    expect(plan.code).toBe(0);
  });
});
