import { actions, inRegions, type Grant } from "./grant";

/**
 * Units, and which account is in which; never an account itself: none is made, closed or sent away.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
export const organization: Grant = {
  concern: "organization",
  description: "Organizational units, their policies and the accounts in them; no account is made or closed",
  types: ["aws_organizations"],
  statements: (scope) => {
    const own = (resource: string) => `arn:aws:organizations::${scope.accountId}:${resource}`;
    return [
      {
        sid: "ManageUnits",
        actions: actions(
          "organizations",
          "AttachPolicy",
          "CreateOrganizationalUnit",
          "DeleteOrganizationalUnit",
          "DeletePolicy",
          "DetachPolicy",
          "DisablePolicyType",
          "EnablePolicyType",
          "MoveAccount",
          "TagResource",
          "UntagResource",
          "UpdateOrganizationalUnit",
          "UpdatePolicy",
        ),
        resources: [
          "account/o-*/*",
          "ou/o-*/ou-*",
          "policy/o-*/service_control_policy/p-*",
          "root/o-*/r-*",
        ].map(own),
      },
      {
        sid: "ManageTrust",
        actions: actions(
          "organizations",
          "CreatePolicy",
          "DisableAWSServiceAccess",
          "EnableAWSServiceAccess",
        ),
        resources: ["*"],
        condition: [inRegions(scope)],
      },
    ];
  },
};
