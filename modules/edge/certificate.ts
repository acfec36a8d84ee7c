import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Fn, propertyAccess, Token } from "cdktf";
import { Construct } from "constructs";

export interface CertificateProps {
  /** The zone whose names, one label deep, the certificate covers. */
  readonly domainName: string;
  /** Whether it covers the name itself instead, so that its proof is nobody else's. @default false */
  readonly exact?: boolean;
  /** Region that it is for. @default the provider's */
  readonly region?: string;
  /** Public hosted zone in which AWS looks for the proof; the zone itself or a parent of it. */
  readonly zoneId: string;
}

/**
 * A certificate for every name of a zone, or for one name, proved by DNS and so renewed by itself.
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class Certificate extends Construct {
  readonly validation: AcmCertificateValidation;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const region = props.region === undefined ? {} : { region: props.region };
    const certificate = new AcmCertificate(this, "certificate", {
      ...region,
      domainName: props.exact === true ? props.domainName : `*.${props.domainName}`,
      validationMethod: "DNS",
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      lifecycle: { createBeforeDestroy: true },
    });
    // One name, so one proof; the set has exactly one element.
    const proof = Fn.one(Fn.tolist(certificate.domainValidationOptions));
    const field = (name: string) => Token.asString(propertyAccess(proof, [name]));
    const record = new Route53Record(this, "proof", {
      zoneId: props.zoneId,
      name: field("resource_record_name"),
      type: field("resource_record_type"),
      ttl: 300,
      records: [field("resource_record_value")],
      allowOverwrite: true,
    });
    this.validation = new AcmCertificateValidation(this, "validation", {
      ...region,
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    });
  }
}
