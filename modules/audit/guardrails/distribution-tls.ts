import { findingIf, type Guardrail } from "../guardrail";
import { block, blocks, show } from "../values";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html */
const TLS_1_2 = /^TLSv1\.(2_(2019|2021|2025)|3_\d{4})$/;

/** Nobody is answered in clear, nor by a TLS that can be broken, wherever the answer comes from. */
export const distributionTls: Guardrail = {
  id: "distribution-tls",
  controls: ["CloudFront.3", "CloudFront.15", "CKV_AWS_34", "CKV_AWS_174"],
  description: "Distributions speak TLS 1.2 or later; HTTP only redirects to HTTPS",
  types: ["aws_cloudfront_distribution"],
  check: ({ attributes }) => {
    const version = block(attributes["viewer_certificate"])["minimum_protocol_version"];
    const behaviors = [
      ...blocks(attributes["default_cache_behavior"]),
      ...blocks(attributes["ordered_cache_behavior"]),
    ];
    return [
      ...findingIf(
        !TLS_1_2.test(String(version)),
        `minimum_protocol_version ${show(version)}`,
        "TLSv1.2_2019 or later",
      ),
      ...behaviors.flatMap(({ viewer_protocol_policy: policy }) =>
        findingIf(
          policy !== "redirect-to-https" && policy !== "https-only",
          `viewer_protocol_policy ${show(policy)}`,
          "redirect-to-https or https-only",
        ),
      ),
    ];
  },
};
