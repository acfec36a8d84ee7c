import { S3ServiceException } from "@aws-sdk/client-s3";
import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import { CredentialSource } from "../credentials";
import { CliError } from "../errors";
import { PLAN } from "../preparation";
import { readState } from "../state-bucket";

/**
 * Fixed addresses of an account's NAT gateways, as its network's state has them; nothing where nobody may be asked,
 * such as on a machine without credentials.
 */
export async function egressOf(fleet: Fleet, account: Account): Promise<readonly string[] | undefined> {
  try {
    const credentials = await new CredentialSource(fleet.organization.region).for(account, PLAN);
    const { resources } = await readState(fleet, account, credentials, names.stackId(account, "network"));
    return resources
      .filter(({ type }) => type === "aws_eip")
      .flatMap(({ instances }) => instances.flatMap((each) => each["public_ip"]))
      .filter((address) => typeof address === "string")
      .sort();
  } catch (error) {
    if (error instanceof CliError || error instanceof S3ServiceException) return undefined;
    throw error;
  }
}
