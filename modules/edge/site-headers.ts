import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { Construct } from "constructs";

const TWO_YEARS = 63_072_000;

export interface SiteHeadersProps {
  /** Name in AWS; unique in the account. */
  readonly name: string;
  readonly hostName: string;
  /** Origins that pages may call beside their own, by HTTPS and by WebSocket. */
  readonly connectTo: readonly string[];
}

/**
 * What browsers are told with each answer: HTTPS only, no framing, no guessing of types, and where a page may load
 * from. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export class SiteHeaders extends Construct {
  readonly policy: CloudfrontResponseHeadersPolicy;

  constructor(scope: Construct, id: string, props: SiteHeadersProps) {
    super(scope, id);
    this.policy = new CloudfrontResponseHeadersPolicy(this, "policy", {
      name: props.name,
      comment: `Security headers of ${props.hostName}`,
      securityHeadersConfig: {
        strictTransportSecurity: {
          accessControlMaxAgeSec: TWO_YEARS,
          includeSubdomains: true,
          preload: false,
          override: true,
        },
        contentSecurityPolicy: { contentSecurityPolicy: securityPolicy(props.connectTo), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
      },
    });
  }
}

/** https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP */
function securityPolicy(origins: readonly string[]): string {
  const connect = [...new Set(origins)]
    .sort()
    .flatMap((origin) => [origin, origin.replace(/^https:/, "wss:")]);
  return [
    "default-src 'self'",
    ["connect-src 'self'", ...connect].join(" "),
    "img-src 'self' data:",
    // Libraries of components write styles into the page.
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
