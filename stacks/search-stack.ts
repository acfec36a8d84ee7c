import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import { makesForAllRegions } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { SearchAccess } from "../modules/data/search-access";
import { publish } from "./contract";
import { searchContract } from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

const hasDomains = ({ data }: Account) => Object.keys(data?.searchDomains ?? {}).length > 0;

/** What all search domains of an account share, before the first of them. */
export class SearchStack extends PlatformStack {
  constructor(scope: Construct, props: Omit<PlatformStackProps, "concern">) {
    super(scope, { ...props, concern: "search" });
    const { account } = this;
    const { roleArn, logs } = new SearchAccess(this, "access", {
      makesRole: makesForAllRegions(this.fleet, account, hasDomains),
      accountId: account.id,
      region: account.region,
      policyName: names.searchLogPolicy(account),
      logGroups: names.storeLogGroup(account, "*", "*"),
      domainArns: names.searchDomainArn(account, "*"),
    });
    publish(this, searchContract, { serviceLinkedRoleArn: roleArn, logPolicyName: logs.policyName });
  }
}

export const searchStacks: StackKind = (fleet, account) =>
  !hasDomains(account)
    ? []
    : [
        {
          account,
          concern: "search",
          build: (scope, options) => new SearchStack(scope, { fleet, account, ...options }),
        },
      ];
