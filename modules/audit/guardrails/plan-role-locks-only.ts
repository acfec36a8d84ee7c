import type { Finding } from "../guardrail";
import { heldRole, READING } from "../held-role";
import { nameOf, type PolicyStatement } from "../policies";
import { show } from "../values";

/** Plans run for pull requests, whose code nobody has reviewed yet. */
export const planRoleLocksOnly = heldRole(
  {
    id: "plan-role-locks-only",
    description: "The role that plans reads, and writes nothing but *.tflock",
  },
  ({ planRole }) => planRole,
  writes,
);

function writes(statement: PolicyStatement): Finding[] {
  const written = statement.actions.filter((action) => !READING.test(action));
  if (statement.notActions.length > 0) written.push("everything but NotAction");
  const locksOnly =
    statement.resources.length > 0 && statement.resources.every((resource) => resource.endsWith(".tflock"));
  return written.length === 0 || locksOnly
    ? []
    : [
        {
          given: `${nameOf(statement)} allows ${written.join(", ")} on ${statement.resources.map(show).join(", ")}`,
          allowed: "writing objects that end in .tflock only",
        },
      ];
}
