import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import type { Construct } from "constructs";
import { authorizersOf, METHODS, type Api, type Authorizer } from "../environments/schema/api";
import * as names from "../environments/schema/names";
import { ApiAlarms } from "../modules/edge/api-alarms";
import { HttpApi } from "../modules/edge/http-api";
import { publish, read } from "./contract";
import {
  apiAuthorizerContract,
  apiContract,
  keysContract,
  topicsContract,
  userPoolClientsContract,
  userPoolContract,
  vpcContract,
  zonesContract,
} from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import { undelegatedZone } from "./public-zone";
import type { StackKind } from "./stack-kind";

interface ApiStackProps extends Omit<PlatformStackProps, "concern" | "name"> {
  readonly name: string;
  readonly definition: Api;
  /** Fully qualified. */
  readonly hostName: string;
}

/**
 * One API of an account: its host, its VPC link and whose tokens it takes. A stack each, so that what goes wrong with
 * one leaves the others alone; services bring the routes.
 */
export class ApiStack extends PlatformStack {
  constructor(scope: Construct, props: ApiStackProps) {
    super(scope, { ...props, concern: "api" });
    const { account, protection } = this;
    const { name, definition, hostName } = props;
    const vpc = read(this, vpcContract);
    const { api, vpcLink, group } = new HttpApi(this, "http", {
      apiName: names.api(account, name),
      hostName,
      zoneId: read(this, zonesContract).publicZoneId,
      vpcId: vpc.vpcId,
      subnetIds: vpc.privateSubnetIds,
      ...definition.throttling,
      ...(definition.cors === undefined ? {} : { cors: { ...definition.cors, allowMethods: [...METHODS] } }),
      logGroupName: names.apiLogGroup(account, name),
      logRetentionInDays: account.capabilities.auditLogRetentionDays,
      logsKeyArn: read(this, keysContract).logsKeyArn,
      protection,
    });
    new ApiAlarms(this, "alarms", {
      prefix: names.api(account, name),
      apiId: api.id,
      hostName,
      ...definition.alarms,
      ...read(this, topicsContract),
    });
    publish(this, apiContract(name), {
      apiId: api.id,
      vpcLinkId: vpcLink.id,
      vpcLinkGroupId: group.id,
      executionArn: api.executionArn,
    });
    for (const [key, authorizer] of authorizersOf(account, definition)) {
      const made = new Apigatewayv2Authorizer(this, `authorizer_${key.replaceAll("-", "_")}`, {
        apiId: api.id,
        name: key,
        authorizerType: "JWT",
        identitySources: ["$request.header.Authorization"],
        jwtConfiguration: this.tokens(authorizer),
      });
      publish(this, apiAuthorizerContract(name, key), { authorizerId: made.id });
    }
  }

  private tokens({ issuer, audience }: Authorizer): { issuer: string; audience: string[] } {
    if (issuer !== undefined) return { issuer, audience };
    const { userPoolId } = read(this, userPoolContract);
    return {
      issuer: `https://cognito-idp.${this.account.region}.amazonaws.com/${userPoolId}`,
      audience: audience.length > 0 ? audience : read(this, userPoolClientsContract).clientIds,
    };
  }
}

export const apiStacks: StackKind = (fleet, account) => {
  const { apis, network } = account;
  if (network === undefined) return [];
  return Object.entries(apis)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, definition]) => ({
      account,
      concern: "api",
      name,
      lacks: undelegatedZone(fleet, account),
      build: (scope, options) =>
        new ApiStack(scope, {
          fleet,
          account,
          name,
          definition,
          hostName: `${definition.host}.${network.publicZone}`,
          ...options,
        }),
    }));
};
