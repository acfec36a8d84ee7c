import * as names from "../../../environments/schema/names";

const acme = { name: "acme" };
const live = { name: "live", id: "200000000003", region: "eu-west-1" };
const orders = { name: "orders" };

const TABLE: Readonly<Record<string, readonly [actual: string, expected: string]>> = {
  "a stack": [names.stackId(live, "network"), "live-network"],
  "a stack of several": [names.stackId(live, "service", "orders"), "live-service-orders"],
  "the state bucket": [names.stateBucket(acme, live), "acme-live-state-200000000003"],
  "the state key": [names.stateKeyArn(live), "arn:aws:kms:eu-west-1:200000000003:alias/slipway-state"],
  "another bucket": [names.bucket(acme, live, "access-logs"), "acme-live-access-logs-200000000003"],
  "a role's ARN": [names.roleArn(live, "slipway-apply"), "arn:aws:iam::200000000003:role/slipway-apply"],
  "the boundary": [names.boundaryArn(live), "arn:aws:iam::200000000003:policy/slipway-boundary"],
  "a load balancer": [names.loadBalancer(live, "public"), "live-public"],
  "a target group": [names.targetGroup(orders, "internal"), "orders--internal"],
  "a contract": [names.contractParameter(live, "network", "vpc"), "/slipway/live/network/vpc"],
  "a release": [names.releaseParameter(live, orders), "/slipway/live/release/orders"],
  "a log group": [names.serviceLogGroup(live, orders), "/slipway/live/service/orders"],
  "a secret": [names.secretName(live, "orders/database"), "live/orders/database"],
  "a repository": [
    names.repositoryUrl(live, "orders"),
    "200000000003.dkr.ecr.eu-west-1.amazonaws.com/orders",
  ],
  "a repository's ARN": [
    names.repositoryArn(live, "orders"),
    "arn:aws:ecr:eu-west-1:200000000003:repository/orders",
  ],
};

it.each(Object.entries(TABLE))(
  "%s is named as states and other accounts know it",
  (_, [actual, expected]) => {
    expect(actual).toBe(expected);
  },
);

it("the private zone and the namespace differ, since two zones of one name hide each other", () => {
  expect(names.privateZone("live.acme.example")).not.toBe(names.discoveryNamespace("live.acme.example"));
});

it("a target group belongs to one service and one door, whatever dashes their names have", () => {
  expect(names.targetGroup({ name: "a" }, "b-c")).not.toBe(names.targetGroup({ name: "a-b" }, "c"));
});
