import type { Account } from "../account";
import type { ExternalDatabase } from "../data/external-database";
import type { Fleet } from "../fleet";
import { formatPath } from "../parse";
import type { Violation } from "../violation";
import { secretFaults } from "./secrets";

type Found = Omit<Violation, "file">;

const SECRET = /^[a-z0-9]+([/-][a-z0-9]+)*(:[\w.-]+)?$/;

/** A connection string holds a password. */
const notShown = (path: string): Found => ({
  path,
  given: "something that is no secret's name (not shown)",
  inWords: true,
  allowed: "a secret's name, or a key of its JSON: catalogue/atlas:url",
  mend: "keep the connection string in a secret of the account: slipway secrets set NAME:KEY --account ACCOUNT",
});

/** Databases outside have a secret that services read, and a way that leads there. */
export function checkExternalDatabases(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) =>
    Object.entries(account.data?.externalDatabases ?? {}).flatMap(([name, database]) => {
      const path = formatPath(["data", "externalDatabases", name]);
      return [
        ...(SECRET.test(database.secret)
          ? secretFaults(`${path}.secret`, database.secret, account)
          : [notShown(`${path}.secret`)]),
        ...way(database, account).map((found) => ({ ...found, path: `${path}.${found.path}` })),
      ].map((found) => ({ ...found, file: fleet.sources.accounts[account.name] ?? account.name }));
    }),
  );
}

function way({ privateLink }: ExternalDatabase, { name, region, capabilities }: Account): Found[] {
  if (privateLink === undefined)
    return capabilities.natGateways === "none"
      ? [
          {
            path: "privateLink",
            given: "nothing",
            inWords: true,
            allowed: `a private endpoint in ${name}, which has no NAT gateways that lead out`,
            mend: 'write privateLink: { serviceName: "..." }, or have natGateways',
          },
        ]
      : [];
  const [, , , there = ""] = privateLink.serviceName.split(".");
  return there === region
    ? []
    : [
        {
          path: "privateLink.serviceName",
          given: privateLink.serviceName,
          allowed: `an endpoint service in ${region}, where ${name} is: Atlas has one for each region of a project`,
        },
      ];
}
