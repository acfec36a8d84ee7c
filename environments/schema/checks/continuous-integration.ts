import type { Fleet } from "../fleet";
import { nearest } from "../parse";
import type { Violation } from "../violation";

/** Bitbucket's tokens name the environment by its UUID, which every account must therefore have. */
export function checkContinuousIntegration({ organization, accounts, sources }: Fleet): Violation[] {
  const { continuousIntegration: ci } = organization;
  if (ci.provider !== "bitbucket") return [];
  const known = accounts.map(({ name }) => name);
  const file = sources.organization;
  const path = (account: string) => `continuousIntegration.environmentUuids.${account}`;
  const owners = new Map<string, string>();
  return [
    ...known
      .filter((account) => ci.environmentUuids[account] === undefined)
      .map((account) => ({
        file,
        path: path(account),
        given: "nothing",
        inWords: true,
        allowed: "a UUID for each account, to which its apply role is bound",
        mend: `make the deployment environment ${account} in the repository's settings and write its UUID here`,
      })),
    ...Object.entries(ci.environmentUuids)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([account, uuid]): Violation[] => {
        if (!known.includes(account)) {
          const near = nearest(account, known);
          return [
            {
              file,
              path: path(account),
              given: account,
              allowed: `one of the accounts ${known.join(", ")}`,
              mend: near === undefined ? "remove the entry" : `write ${near}`,
            },
          ];
        }
        const owner = owners.get(uuid);
        owners.set(uuid, owner ?? account);
        return owner === undefined
          ? []
          : [
              {
                file,
                path: path(account),
                given: uuid,
                allowed: `an environment of its own; ${owner} has this one`,
              },
            ];
      }),
  ];
}
