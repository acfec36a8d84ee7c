import { compute } from "./grants/compute";
import { data } from "./grants/data";
import { delivery } from "./grants/delivery";
import { edge } from "./grants/edge";
import type { Grant } from "./grants/grant";
import { identity, secrets } from "./grants/identity";
import { messaging } from "./grants/messaging";
import { migration } from "./grants/migration";
import { network } from "./grants/network";
import { organization } from "./grants/organization";
import { observability } from "./grants/observability";

/**
 * Every grant of the role that applies. Beside AWS's ReadOnlyAccess these are all that a role can take at AWS's
 * default quota of ten managed policies: data moves into no account that has the registry.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const GRANTS: readonly Grant[] = [
  identity,
  secrets,
  network,
  compute,
  data,
  messaging,
  edge,
  observability,
  organization,
  delivery,
  migration,
];

/** The grant that resources of a Terraform type need to be made and destroyed; the closest where several fit. */
export function grantOf(type: string): Grant | undefined {
  const fitting = GRANTS.flatMap((grant) =>
    grant.types
      .filter((prefix) => type === prefix || type.startsWith(`${prefix}_`))
      .map((prefix) => ({ grant, prefix })),
  );
  return fitting.sort((a, b) => b.prefix.length - a.prefix.length)[0]?.grant;
}
