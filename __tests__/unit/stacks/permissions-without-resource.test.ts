import { loadCompany, removeFolders } from "../../support/company";
import { STORE_EXAMPLES, STORE_NEEDS } from "../../support/store-examples";
import { strings, synthesizedAlone, type SynthesizedStack } from "../../support/synthesized";

afterAll(removeFolders);

/**
 * What the stacks' resources call that IAM knows by no resource: allowed on everything, or not at all.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const WITHOUT_RESOURCE: Readonly<Record<string, readonly string[]>> = {
  data: [
    "dlm:CreateLifecyclePolicy",
    "elasticfilesystem:CreateFileSystem",
    "memorydb:CreateParameterGroup",
    "memorydb:CreateSubnetGroup",
    "memorydb:CreateUser",
    "rds:CrossRegionCommunication",
    "ssm:CreatePatchBaseline",
  ],
  edge: [
    "cloudfront:CreateDistribution",
    "cloudfront:CreateOriginAccessControl",
    "cloudfront:CreateResponseHeadersPolicy",
    "cognito-idp:CreateUserPool",
  ],
  messaging: [
    "kinesis:DisableEnhancedMonitoring",
    "kinesis:EnableEnhancedMonitoring",
    "kinesis:UpdateShardCount",
    "kinesis:UpdateStreamMode",
    "mq:CreateBroker",
    "sns:SetSubscriptionAttributes",
    "sns:Unsubscribe",
  ],
  network: ["servicediscovery:CreateService", "servicediscovery:TagResource"],
};

const fleet = loadCompany({
  accounts: { live: { ...STORE_NEEDS, data: STORE_EXAMPLES, edge: {}, queue: { queues: {}, topics: {} } } },
});

/** Whether a policy allows an action that has no resource. */
function allows(stack: SynthesizedStack, policy: string, action: string): boolean {
  const names = (pattern: string) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(action);
  return stack
    .statements(stack.at(policy)["policy"])
    .some(
      ({ effect, actions, resources }) =>
        effect !== "Deny" && strings(resources).includes("*") && strings(actions).some(names),
    );
}

describe.each(Object.entries(WITHOUT_RESOURCE))("what is granted for %s", (concern, actions) => {
  const stack = synthesizedAlone(fleet, "live-permissions");

  it.each(actions)("allows %s, which has no resource", (action) =>
    expect(allows(stack, `aws_iam_policy.apply_${concern}_policy`, action)).toBe(true),
  );
});

describe("MySQL's instances", () => {
  const stack = synthesizedAlone(fleet, "live-data-journeys");

  it.each(["ssm:PutInventory", "ssm:GetDeployablePatchSnapshotForInstance"])(
    "may call %s, by which they report their patches",
    (action) => expect(allows(stack, "aws_iam_role_policy.role_member_policy", action)).toBe(true),
  );
});
