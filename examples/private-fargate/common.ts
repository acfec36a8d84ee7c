import type { AccountInput } from "../../environments/schema/account";

/** What every environment has: what insures people is in `public`, what visitors do in `clicks`. */
const website = ["https://www.harbour.example"];

export const environment = {
  // Nothing faces the internet but API Gateway.
  capabilities: { publicLoadBalancers: false },
  apis: {
    public: { host: "api", cors: { allowOrigins: website } },
    clicks: {
      host: "clicks",
      cors: { allowOrigins: website, allowHeaders: ["content-type"] },
      throttling: { rateLimit: 2000, burstLimit: 4000 },
    },
  },
  hosting: { loadBalancers: { private: { type: "network", scheme: "internal" } } },
  auth: { clients: { website: { callbackUrls: ["https://www.harbour.example/signed-in"] } } },
  secrets: {
    "billing/payment-provider": { description: "API key of the payment provider, issued by finance" },
    "notifications/mail-provider": { description: "API key of the mail provider, issued by marketing" },
  },
  queue: { queues: { letters: {} } },
  data: {
    // The MySQL database of the former data centre; its capacity follows its use.
    databases: {
      insurance: { engine: "aurora-mysql", serverless: { minCapacity: 0.5, maxCapacity: 16 } },
    },
    buckets: {
      // PDFs are asked for in their first months; after a year hardly ever.
      documents: {
        transitions: [
          { days: 90, storageClass: "GLACIER_IR" },
          { days: 365, storageClass: "GLACIER" },
        ],
      },
      behaviour: { expireAfterDays: 400 },
    },
    streams: { clicks: {} },
    deliveryStreams: { "clicks-kept": { stream: "clicks", bucket: "behaviour" } },
    tables: {
      visits: {
        hashKey: "session",
        rangeKey: "at",
        attributes: { session: "S", at: "S" },
        timeToLive: "expires",
      },
    },
  },
} as const satisfies Partial<AccountInput>;
