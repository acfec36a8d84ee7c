import type { Guardrail } from "../guardrail";
import { blocks, show } from "../values";

/** A bucket behind a distribution is read by that distribution, with a signature, and by nobody else. */
export const originAccessControl: Guardrail = {
  id: "origin-access-control",
  controls: ["CloudFront.13", "CKV2_AWS_46"],
  description: "Distributions read buckets by origin access control",
  types: ["aws_cloudfront_distribution"],
  check: ({ attributes }) =>
    blocks(attributes["origin"])
      .filter(
        ({ domain_name: domain, custom_origin_config: custom, vpc_origin_config: vpc }) =>
          (custom === undefined && vpc === undefined) ||
          /\.s3[.-]|bucket_(regional_)?domain_name/.test(String(domain)),
      )
      .filter(({ origin_access_control_id: access }) => access === undefined || access === "")
      .map(({ origin_id: id }) => ({
        given: `origin ${show(id)} without origin_access_control_id`,
        allowed: "an aws_cloudfront_origin_access_control that always signs",
      })),
};
