import { findingIf, type Guardrail } from "../guardrail";
import { block, show } from "../values";

/** What was reviewed is what runs. */
export const imageRepository: Guardrail = {
  id: "image-repository",
  controls: ["ECR.1", "ECR.2", "ECR.5", "CKV_AWS_51", "CKV_AWS_136", "CKV_AWS_163"],
  description: "Tags of images never move, images are scanned when pushed, and encrypted by a customer key",
  types: ["aws_ecr_repository"],
  check: ({ attributes }) => {
    const { image_tag_mutability: mutability } = attributes;
    const scan = block(attributes["image_scanning_configuration"])["scan_on_push"];
    const encryption = block(attributes["encryption_configuration"]);
    return [
      ...findingIf(
        !String(mutability).startsWith("IMMUTABLE"),
        `image_tag_mutability ${show(mutability)}`,
        "IMMUTABLE",
      ),
      ...findingIf(scan !== true, `scan_on_push ${show(scan)}`, "scan_on_push true"),
      ...findingIf(
        encryption["encryption_type"] !== "KMS" || encryption["kms_key"] === undefined,
        `encryption ${show(encryption["encryption_type"])}, key ${show(encryption["kms_key"])}`,
        "encryption_type KMS with a customer key",
      ),
    ];
  },
};
