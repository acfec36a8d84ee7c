import * as names from "../../environments/schema/names";
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

/** The secrets that a service's definition names, by name, sorted. */
export function readSecrets({ stack, definition }: ServiceContext): Readonly<Record<string, ReadSecret>> {
  const { account } = stack;
  const used = [...new Set(Object.values(definition.secrets))].sort();
  return Object.fromEntries(
    used.map((name) => {
      const store = account.secrets[name]?.store ?? "secretsManager";
      const arn =
        store === "secretsManager"
          ? read(stack, secretContract(name)).arn
          : names.secretParameterArn(account, name);
      return [name, { arn, store, folder: names.secretFolder(account, name) }];
    }),
  );
}

export function arnsOf(secrets: Readonly<Record<string, ReadSecret>>, store: ReadSecret["store"]): string[] {
  return Object.values(secrets)
    .filter((secret) => secret.store === store)
    .map(({ arn }) => arn);
}
