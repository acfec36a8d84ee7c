import { findingIf, type Guardrail } from "../guardrail";
import { show } from "../values";

/** A function with an address of its own that asks for no signature is a public door without a load balancer. */
export const functionUrl: Guardrail = {
  id: "function-url",
  controls: ["Lambda.1", "CKV_AWS_258"],
  description: "Function URLs want signed requests",
  types: ["aws_lambda_function_url"],
  check: ({ attributes: { authorization_type: type } }) =>
    findingIf(type !== "AWS_IAM", `authorization_type ${show(type)}`, "AWS_IAM"),
};
