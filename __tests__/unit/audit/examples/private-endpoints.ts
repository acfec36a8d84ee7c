import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { noOpenPrincipal } from "../../../../modules/audit/guardrails/no-open-principal";
import type { Example, Fault } from "../audited";

const guardrail = noOpenPrincipal;

export const PRIVATE_ENDPOINT_FAULTS: readonly Fault[] = [
  {
    guardrail,
    shows: "an endpoint of AWS's that looks like another's",
    build: (stack) =>
      new VpcEndpoint(stack, "sqs", { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.sqs" }),
    address: "aws_vpc_endpoint.sqs",
    given: "an endpoint without a policy",
  },
];

export const PRIVATE_ENDPOINT_SOUND: readonly Example[] = [
  {
    guardrail,
    shows: "an endpoint service of somebody else's, which takes no policy",
    build: (stack) =>
      new VpcEndpoint(stack, "atlas", {
        vpcId: "vpc-1",
        serviceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0",
      }),
  },
];
