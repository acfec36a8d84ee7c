import type { Finding } from "../guardrail";
import { heldRole, READING } from "../held-role";
import { nameOf, type PolicyStatement } from "../policies";
import { show } from "../values";

/** What changes when a service gets another image, and nothing beside it. */
const RELEASING =
  /^(ecs:(RegisterTaskDefinition|UpdateService|StopServiceDeployment|TagResource)|ssm:PutParameter|ecr:PutImage|scheduler:UpdateSchedule|iam:PassRole|codedeploy:(Continue|Create|Stop)Deployment|codedeploy:RegisterApplicationRevision|application-autoscaling:[A-Za-z]+|cloudwatch:(PutMetricAlarm|DeleteAlarms|TagResource))$/;
const RELEASE_PARAMETERS = /:parameter\/slipway\/[a-z0-9-]+\/release\/\*$/;
const LINKED_TO_SCALING = /:role\/aws-service-role\/ecs\.application-autoscaling\.amazonaws\.com\//;
const SERVICE_STATES = /\/([a-z0-9-]+-service-\*\.(tfstate|tflock)|deploys\/\*)$/;

/** Whoever can release often is many; it must not become a way to change the platform. */
export const releaseRoleTasksOnly = heldRole(
  {
    id: "release-role-tasks-only",
    description:
      "The role that releases writes digests, tasks and the states of services; it makes no role, network or store",
  },
  ({ releaseRole }) => releaseRole,
  excess,
);

function excess(statement: PolicyStatement): Finding[] {
  const { actions, notActions, resources } = statement;
  const all = (pattern: RegExp) =>
    resources.length > 0 && resources.every((resource) => pattern.test(resource));
  const written = actions.filter((action) => {
    if (READING.test(action)) return false;
    if (/^s3:(Put|Delete)Object$/.test(action)) return !all(SERVICE_STATES);
    if (action === "iam:CreateServiceLinkedRole") return !all(LINKED_TO_SCALING);
    if (action === "ssm:PutParameter") return !all(RELEASE_PARAMETERS);
    return !RELEASING.test(action);
  });
  if (notActions.length > 0) written.push("everything but NotAction");
  return written.length === 0
    ? []
    : [
        {
          given: `${nameOf(statement)} allows ${written.join(", ")} on ${resources.map(show).join(", ")}`,
          allowed:
            "what a release changes: parameters below release/, tasks, the states of services, records of deliveries",
        },
      ];
}
