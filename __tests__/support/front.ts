import type { Change } from "./company";

const LIVE = {
  auth: { clients: { app: { callbackUrls: ["https://app.acme.example/signed-in"] } } },
  apis: {
    public: { host: "api" },
    clicks: {
      host: "clicks",
      cors: { allowOrigins: ["https://www.acme.example"] },
      throttling: { rateLimit: 1000, burstLimit: 2000 },
    },
  },
  data: { streams: { clicks: {} } },
  hosting: {
    loadBalancers: {
      public: { scheme: "internet-facing" },
      internal: { scheme: "internal" },
      private: { type: "network", scheme: "internal" },
    },
  },
};

const ORDERS = {
  accounts: ["live"],
  loadBalancers: [{ nlb: "private", host: "orders", listenerPort: 8001 }],
  apis: [
    { api: "public", path: "/orders/*" },
    { api: "public", path: "/orders/{id}/lines", methods: ["GET"], authorizer: "iam" },
    { api: "clicks", path: "/clicks", stream: "clicks" },
  ],
};

/** ACME, whose live account has public APIs before a private load balancer and a stream; with other fields of these. */
export const frontOf = (
  live: Readonly<Record<string, unknown>>,
  orders: Readonly<Record<string, unknown>> = {},
): Change => ({
  accounts: { live: { ...LIVE, ...live } },
  services: { orders: { ...ORDERS, ...orders } },
});

export const WITH_APIS: Change = frontOf({});
