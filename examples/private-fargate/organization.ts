import type { OrganizationInput } from "../../environments/schema/organization";

/** An insurer whose applications, legacy and new, run on Fargate behind one public door: API Gateway. */
export default {
  name: "harbour",
  domain: "harbour.example",
  region: "eu-west-1",
  owner: "platform@harbour.example",
  continuousIntegration: { provider: "github", repository: "harbour/infrastructure" },
  // A tag of a service's repository starts its pipeline; live waits for an approval.
  delivery: { provider: "codepipeline", approvers: ["releases@harbour.example"] },
  waivers: [
    {
      rule: "api-route-authorizer",
      resource: "*-service-click-stream/aws_apigatewayv2_route.api_clicks_post_clicks",
      reason: "Visitors who have not signed in are counted too; all a caller gets is to leave a record",
      owner: "web@harbour.example",
      expires: "2027-09-30",
    },
  ],
} satisfies OrganizationInput;
