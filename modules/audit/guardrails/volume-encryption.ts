import { findingIf, type Guardrail } from "../guardrail";
import { show } from "../values";

/** https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html */
export const volumeEncryption: Guardrail = {
  id: "volume-encryption",
  controls: ["EC2.3", "EFS.1", "CKV_AWS_3", "CKV_AWS_42", "CKV_AWS_184", "CKV_AWS_189"],
  description: "Volumes and file systems are encrypted under a customer key",
  types: ["aws_ebs_volume", "aws_efs_file_system"],
  check: ({ attributes: { encrypted, kms_key_id: key } }) => [
    ...findingIf(encrypted !== true, `encrypted ${show(encrypted)}`, "encrypted true"),
    ...findingIf(key === undefined, "no kms_key_id, so that the key is AWS's own", "the account's data key"),
  ],
};
