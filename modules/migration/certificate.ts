import { DmsCertificate } from "@cdktf/provider-aws/lib/dms-certificate";
import { Construct } from "constructs";

export interface CertificateProps {
  /** Of this content only. */
  readonly certificateId: string;
  /** Who is trusted: PEM, or a wallet of Oracle's in base64. */
  readonly content: { readonly pem: string } | { readonly wallet: string };
}

/**
 * Who is trusted at one end; no key is in it. Another content is another certificate, made before its predecessor goes:
 * DMS deletes none that an endpoint uses.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html
 */
export class Certificate extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { certificateId, content }: CertificateProps) {
    super(scope, id);
    this.arn = new DmsCertificate(this, "certificate", {
      certificateId,
      ...("pem" in content ? { certificatePem: content.pem } : { certificateWallet: content.wallet }),
      lifecycle: { createBeforeDestroy: true },
    }).certificateArn;
  }
}
