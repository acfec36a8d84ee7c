import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import {
  DescribeParametersCommand,
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import type { Account } from "../../environments/schema/account";
import * as names from "../../environments/schema/names";
import { clientOptions, type Credentials } from "../credentials";
import { CliError } from "../errors";
import type { SecretPlace } from "./places";

/** What can be known of a secret without its value. */
export interface SecretState {
  /** False where the account's secrets were not applied. */
  readonly exists: boolean;
  readonly hasValue: boolean;
  readonly changed?: Date;
}

/** Most bytes of a standard parameter. https://docs.aws.amazon.com/general/latest/gr/ssm.html */
const PARAMETER_BYTES = 4096;
const SECRET_BYTES = 65_536;

/** The values of an account's secrets, in the two stores. */
export class SecretValues {
  private readonly secrets: SecretsManagerClient;
  private readonly parameters: SSMClient;

  constructor(
    private readonly account: Account,
    credentials: Credentials,
  ) {
    const options = clientOptions(credentials, account.region);
    this.secrets = new SecretsManagerClient(options);
    this.parameters = new SSMClient(options);
  }

  async state({ store, id }: SecretPlace): Promise<SecretState> {
    if (store === "parameterStore") {
      const { Parameters: [found] = [] } = await this.parameters.send(
        new DescribeParametersCommand({
          ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [id] }],
        }),
      );
      // A parameter exists only with its value.
      return { exists: true, hasValue: found !== undefined, ...dated(found?.LastModifiedDate) };
    }
    try {
      const found = await this.secrets.send(new DescribeSecretCommand({ SecretId: id }));
      const hasValue = Object.values(found.VersionIdsToStages ?? {}).some((stages) =>
        stages.includes("AWSCURRENT"),
      );
      return { exists: true, hasValue, ...(hasValue ? dated(found.LastChangedDate) : {}) };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return { exists: false, hasValue: false };
      throw error;
    }
  }

  /** Nothing where there is no value. */
  async read({ store, id }: SecretPlace): Promise<string | undefined> {
    try {
      if (store === "secretsManager")
        return (await this.secrets.send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
      const { Parameter: found } = await this.parameters.send(
        new GetParameterCommand({ Name: id, WithDecryption: true }),
      );
      return found?.Value;
    } catch (error) {
      if (error instanceof ResourceNotFoundException || error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  }

  /** @throws CliError when it is too long, or has no place yet. */
  async write({ name, store, id }: SecretPlace, value: string): Promise<void> {
    const [size, most] = [
      Buffer.byteLength(value),
      store === "secretsManager" ? SECRET_BYTES : PARAMETER_BYTES,
    ];
    if (size > most)
      throw new CliError(
        `The value has ${size} bytes; ${store === "secretsManager" ? "Secrets Manager" : "Parameter Store"} takes ${most}. Nothing was changed.`,
        store === "secretsManager" ? undefined : `Keep ${name} in Secrets Manager: store: "secretsManager".`,
      );
    if (store === "parameterStore") {
      await this.parameters.send(
        new PutParameterCommand({
          Name: id,
          Value: value,
          Type: "SecureString",
          KeyId: names.dataKeyAlias(this.account),
          Overwrite: true,
        }),
      );
      return;
    }
    try {
      await this.secrets.send(new PutSecretValueCommand({ SecretId: id, SecretString: value }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new CliError(
        `${this.account.name} has no place for ${name} yet. Nothing was changed.`,
        `Apply it first: slipway up ${names.stackId(this.account, "secrets")}`,
      );
    }
  }
}

const dated = (changed: Date | undefined) => (changed === undefined ? {} : { changed });

/** A JSON object's text with one key set. @throws CliError when the text is no such object. */
export function withKey(text: string | undefined, key: string, value: string): string {
  if (text === undefined) return JSON.stringify({ [key]: value });
  const refuse = () =>
    new CliError(
      "The secret's value is not a JSON object, so that it has no keys. Nothing was changed.",
      "Set the whole value, without :key.",
    );
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw refuse();
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw refuse();
  return JSON.stringify({ ...parsed, [key]: value });
}
