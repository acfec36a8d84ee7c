import { databaseSecrets } from "../../environments/schema/database-secrets";
import * as names from "../../environments/schema/names";
import { secretsReadBy } from "../../environments/schema/read-secrets";
import { secretReference } from "../../environments/schema/secret-reference";
import { read } from "../contract";
import { secretContract } from "../contracts";
import type { ServiceContext } from "./feature";

/** A secret that a service reads. */
export interface ReadSecret {
  readonly arn: string;
  readonly store: "secretsManager" | "parameterStore";
  /** Folder in Parameter Store. */
  readonly folder: string;
}

/** The secrets that a service's definition names for any of its containers, and for its databases; by name, sorted. */
export function readSecrets({ stack, definition }: ServiceContext): Readonly<Record<string, ReadSecret>> {
  const { account } = stack;
  return Object.fromEntries(
    [...new Set([...secretsReadBy(definition), ...databaseSecrets(definition, account)])]
      .sort()
      .map((name) => {
        const store = account.secrets[name]?.store ?? "secretsManager";
        const arn =
          store === "secretsManager"
            ? read(stack, secretContract(name)).arn
            : names.secretParameterArn(account, name);
        return [name, { arn, store, folder: names.secretFolder(account, name) }];
      }),
  );
}

/**
 * Environment variable to what ECS resolves: a secret's full ARN, with the key of its JSON where one is named.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export const valuesFrom = (
  references: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, ReadSecret>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(references).map(([variable, text]) => {
      const { secret, key } = secretReference(text);
      const arn = secrets[secret]?.arn ?? secret;
      return [variable, key === undefined ? arn : `${arn}:${key}::`];
    }),
  );

export function arnsOf(secrets: Readonly<Record<string, ReadSecret>>, store: ReadSecret["store"]): string[] {
  return Object.values(secrets)
    .filter((secret) => secret.store === store)
    .map(({ arn }) => arn);
}
