import { findingIf, type Guardrail } from "../guardrail";
import { block, blocks, record, show } from "../values";

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html */
export const instanceHardening: Guardrail = {
  id: "instance-hardening",
  controls: ["EC2.8", "EC2.9", "EC2.25", "EC2.170", "CKV_AWS_8", "CKV_AWS_79", "CKV_AWS_88", "CKV_AWS_341"],
  description:
    "Instances give credentials to IMDSv2 only and to no container, encrypt every volume, have no public address",
  types: ["aws_instance", "aws_launch_configuration", "aws_launch_template"],
  check: ({ type, attributes }) => {
    if (type === "aws_launch_configuration")
      return [{ given: "a launch configuration, which AWS has retired", allowed: "aws_launch_template" }];
    const { http_tokens: tokens, http_put_response_hop_limit: hops } = block(attributes["metadata_options"]);
    const volumes =
      type === "aws_launch_template"
        ? blocks(attributes["block_device_mappings"]).map((mapping) => ({
            name: mapping["device_name"],
            ...block(mapping["ebs"]),
          }))
        : [
            { name: "root", ...block(attributes["root_block_device"]) },
            ...blocks(attributes["ebs_block_device"]).map((device) => ({
              name: device["device_name"],
              ...device,
            })),
          ];
    const open = [attributes, ...blocks(attributes["network_interfaces"])].some(
      (part) => String(part["associate_public_ip_address"]) === "true",
    );
    return [
      ...findingIf(tokens !== "required", `http_tokens ${show(tokens)}`, "http_tokens required"),
      ...findingIf(
        hops !== undefined && Number(hops) > 1,
        `http_put_response_hop_limit ${show(hops)}`,
        "1: a second hop is a container's",
      ),
      ...findingIf(
        volumes.length === 0,
        "no block_device_mappings, so that the image says whether its root is encrypted",
        "its root volume, encrypted",
      ),
      ...volumes
        .map(record)
        .filter(({ encrypted }) => String(encrypted) !== "true")
        .map(({ name, encrypted }) => ({
          given: `volume ${show(name)}: encrypted ${show(encrypted)}`,
          allowed: "encrypted true",
        })),
      ...findingIf(open, "associate_public_ip_address true", "false: instances stand in private subnets"),
    ];
  },
};
