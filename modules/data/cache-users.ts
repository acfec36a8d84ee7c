import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** A user of a cache or an in-memory database that does not sign in by IAM. */
export interface FurtherUser {
  readonly userName: string;
  /** What makes it. */
  readonly dependsOn: ITerraformDependable;
}

export interface CacheUsersProps {
  /** Also the name of the group of users. */
  readonly replicationGroupId: string;
  readonly engine: "redis" | "valkey";
  /** The user of people and tools. */
  readonly operator: string;
  /** Users of services by service. */
  readonly users: Readonly<Record<string, string>>;
  /** Users who do not sign in by IAM. @default none */
  readonly furtherUsers?: readonly FurtherUser[];
}

/** All keys, channels and commands; what administers the engine is AWS's own, and refused to everybody. */
export const EVERYTHING = "on ~* &* +@all";

/**
 * Who may sign in, each by IAM: a token of fifteen minutes in place of a password. Whoever gives no name is the user
 * `default`, which Redis OSS must have and which is off; Valkey has none.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
export class CacheUsers extends Construct {
  readonly group: ElasticacheUserGroup;

  constructor(
    scope: Construct,
    id: string,
    { replicationGroupId, engine, operator, users, furtherUsers = [] }: CacheUsersProps,
  ) {
    super(scope, id);
    const signsIn = (name: string, user: string) =>
      new ElasticacheUser(this, name, {
        userId: user,
        userName: user,
        engine,
        accessString: EVERYTHING,
        authenticationMode: { type: "iam" },
        // It leaves the group before it goes.
        lifecycle: { createBeforeDestroy: true },
      });
    const members = [
      ...(engine === "redis"
        ? [
            new ElasticacheUser(this, "default", {
              userId: `${replicationGroupId}-default`,
              userName: "default",
              engine,
              accessString: "off ~* resetchannels -@all",
              authenticationMode: { type: "no-password-required" },
              lifecycle: { createBeforeDestroy: true },
            }),
          ]
        : []),
      signsIn("operator", operator),
      ...Object.entries(users)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([service, user]) => signsIn(`service_${service.replaceAll("-", "_")}`, user)),
    ];
    this.group = new ElasticacheUserGroup(this, "group", {
      userGroupId: replicationGroupId,
      engine,
      userIds: [...members.map(({ userId }) => userId), ...furtherUsers.map(({ userName }) => userName)],
      ...(furtherUsers.length === 0 ? {} : { dependsOn: furtherUsers.map(({ dependsOn }) => dependsOn) }),
    });
  }
}
