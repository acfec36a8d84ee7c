import { signInSecret } from "../sign-in-secret";
import { actions, anywhere, global, here, inRegions, type Grant } from "./grant";

/** Where the outside comes in: distributions, APIs, web application firewalls, the sign-in of people. */
export const edge: Grant = {
  concern: "edge",
  description: "Distributions, APIs, firewalls, user pools; no users",
  types: ["aws_apigatewayv2", "aws_cloudfront", "aws_cognito", "aws_wafv2"],
  statements: (scope) => [
    {
      // IAM knows what CloudFront makes by no resource. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfront.html
      sid: "MakeDistributions",
      actions: ["cloudfront:Create*"],
      resources: ["*"],
      condition: [inRegions(scope)],
    },
    {
      sid: "ManageDistributions",
      actions: actions(
        "cloudfront",
        "AllowVendedLogDeliveryForResource",
        "Associate*",
        "Delete*",
        "Publish*",
        "TagResource",
        "UntagResource",
        "Update*",
      ),
      resources: [global(scope, "cloudfront", "*")],
    },
    {
      sid: "ManageApis",
      actions: actions(
        "apigateway",
        "AddCertificateToDomain",
        "DELETE",
        "PATCH",
        "POST",
        "PUT",
        "RemoveCertificateFromDomain",
        "TagResource",
        "UntagResource",
      ),
      // Its ARNs name no account. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
      resources: ["apis", "domainnames", "tags", "vpclinks"].flatMap((kind) => [
        `arn:aws:apigateway:${scope.region}::/${kind}`,
        `arn:aws:apigateway:${scope.region}::/${kind}/*`,
      ]),
    },
    {
      sid: "ManageFirewalls",
      actions: actions(
        "wafv2",
        "Associate*",
        "Create*",
        "Delete*",
        "Disassociate*",
        "Put*",
        "TagResource",
        "UntagResource",
        "Update*",
      ),
      resources: [
        anywhere(scope, "wafv2", "*"),
        here(scope, "elasticloadbalancing", "loadbalancer/app/*"),
        here(scope, "cognito-idp", "userpool/*"),
      ],
    },
    {
      sid: "MakeUserPools",
      actions: ["cognito-idp:CreateUserPool", "cognito-idp:CreateManagedLoginBranding"],
      resources: ["*"],
      condition: [inRegions(scope)],
    },
    {
      sid: "ManageUserPools",
      actions: actions(
        "cognito-idp",
        "AddCustomAttributes",
        "AssociateWebACL",
        "CreateGroup",
        "CreateIdentityProvider",
        "CreateResourceServer",
        "CreateUserPoolClient",
        "CreateUserPoolDomain",
        "Delete*",
        "DisassociateWebACL",
        "Set*",
        "TagResource",
        "UntagResource",
        "Update*",
      ),
      resources: [here(scope, "cognito-idp", "userpool/*")],
    },
    ...signInSecret(scope),
  ],
};
