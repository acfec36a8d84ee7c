import { stringEquals } from "../policy";
import { ROLE_UPKEEP, actions, global, here, inRegions, type Grant } from "./grant";

/** Roles that DMS looks for by name, which therefore have no path. */
const DMS_ROLES = ["dms-cloudwatch-logs-role", "dms-vpc-role"];

/** What brings data here, which `slipway migrate` starts and stops; never the data itself. */
export const migration: Grant = {
  concern: "migration",
  description: "Replications by DMS and their ends, and the roles that DMS knows by name",
  types: ["aws_cloudformation", "aws_dms"],
  statements: (scope) => {
    const roles = DMS_ROLES.map((role) => global(scope, "iam", `role/${role}`));
    const underBoundary = stringEquals("iam:PermissionsBoundary", scope.boundaryArn);
    return [
      {
        // IAM knows no resource of what is not there yet, nor one of a subnet group that changes.
        sid: "MakeReplications",
        actions: actions(
          "dms",
          "CreateEndpoint",
          "CreateReplicationConfig",
          "CreateReplicationInstance",
          "CreateReplicationSubnetGroup",
          "ImportCertificate",
          "ModifyReplicationSubnetGroup",
        ),
        resources: ["*"],
        condition: [inRegions(scope)],
      },
      {
        sid: "ManageReplications",
        actions: actions(
          "dms",
          "AddTagsToResource",
          "CancelReplicationTaskAssessmentRun",
          "CreateReplicationTask",
          "Delete*",
          "Modify*",
          "Reload*",
          "RemoveTagsFromResource",
          "Start*",
          "Stop*",
          "TestConnection",
        ),
        resources: [here(scope, "dms", "*")],
      },
      {
        sid: "ManageEndpointStacks",
        actions: actions(
          "cloudformation",
          "CreateStack",
          "DeleteStack",
          "TagResource",
          "UntagResource",
          "UpdateStack",
        ),
        resources: [here(scope, "cloudformation", `stack/${scope.accountName}-*`)],
      },
      {
        sid: "MakeDmsRoles",
        actions: actions(
          "iam",
          "AttachRolePolicy",
          "CreateRole",
          "DetachRolePolicy",
          "PutRolePermissionsBoundary",
        ),
        resources: roles,
        condition: [underBoundary],
      },
      {
        sid: "ManageDmsRoles",
        actions: ROLE_UPKEEP,
        resources: roles,
      },
      {
        sid: "PassRolesToDms",
        actions: ["iam:PassRole"],
        resources: [...roles, global(scope, "iam", `role${scope.workloadRolePath}*-migration*`)],
        condition: [
          stringEquals(
            "iam:PassedToService",
            "cloudformation.amazonaws.com",
            "dms.amazonaws.com",
            `dms.${scope.region}.amazonaws.com`,
          ),
        ],
      },
    ];
  },
};
