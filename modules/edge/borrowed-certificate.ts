import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { Construct } from "constructs";

export interface BorrowedCertificateProps {
  /** The zone whose names, one label deep, it covers; another region of the account answers for it. */
  readonly domainName: string;
  /** HTTPS listeners that show it beside their own, by the name of their load balancer. */
  readonly listeners: readonly { readonly name: string; readonly listenerArn: string }[];
}

/**
 * A certificate for the names of another region of the account. ACM proves a domain by the same record in all regions
 * of an account, so that the record which is there proves this one too; made once more, it would be taken away with
 * this region and end the other's renewals.
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class BorrowedCertificate extends Construct {
  constructor(scope: Construct, id: string, props: BorrowedCertificateProps) {
    super(scope, id);
    const certificate = new AcmCertificate(this, "certificate", {
      domainName: `*.${props.domainName}`,
      validationMethod: "DNS",
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      lifecycle: { createBeforeDestroy: true },
    });
    const { certificateArn } = new AcmCertificateValidation(this, "validation", {
      certificateArn: certificate.arn,
    });
    for (const { name, listenerArn } of props.listeners)
      new LbListenerCertificate(this, `listener_${name}`, { listenerArn, certificateArn });
  }
}
