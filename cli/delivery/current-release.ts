import { SSMClient } from "@aws-sdk/client-ssm";
import * as names from "../../environments/schema/names";
import type { CredentialSource } from "../credentials";
import { lastingOptions, RELEASE } from "./clients";
import { releaseParameter } from "./release-parameter";
import type { Target } from "./target";

/** What is in service: a digest or `none`; nothing when the service's stack was never applied. */
export async function currentRelease(
  source: CredentialSource,
  { account, service }: Pick<Target, "account" | "service">,
): Promise<string | undefined> {
  const ssm = new SSMClient(await lastingOptions(source, account, RELEASE));
  return releaseParameter(ssm, names.releaseParameter(account, service)).read();
}
