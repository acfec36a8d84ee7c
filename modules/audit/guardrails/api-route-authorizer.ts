import { findingIf, type Guardrail } from "../guardrail";
import { show } from "../values";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html */
export const apiRouteAuthorizer: Guardrail = {
  id: "api-route-authorizer",
  controls: ["APIGateway.8", "CKV_AWS_309"],
  description: "Routes of an API say who may call them, and it is not everybody",
  types: ["aws_apigatewayv2_route"],
  check: ({ attributes }) => {
    const { authorization_type: type, authorizer_id: authorizer } = attributes;
    return [
      ...findingIf(
        type === undefined || type === "NONE",
        `authorization_type ${show(type)}`,
        "JWT, AWS_IAM or CUSTOM",
      ),
      ...findingIf(
        (type === "JWT" || type === "CUSTOM") && authorizer === undefined,
        `authorization_type ${show(type)} without an authorizer`,
        "authorizer_id",
      ),
    ];
  },
};
