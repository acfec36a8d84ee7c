import type { AccountInput } from "../../environments/schema/account";

/** What every environment has; an account says beside it what differs there. */

/** Each holds a value of its own. */
export const secrets = {
  "accounts/apple-sign-in": { description: "Key of Sign in with Apple, issued by Apple" },
  "accounts/google-sign-in": { description: "Client secret of Google sign-in, issued by Google" },
  "accounts/session-signing": { description: "Key that signs drivers' tokens, made by the accounts team" },
  "accounts/sign-in-collector": {
    description: "Header that the collector of sign-ins knows us by, issued by the security team",
  },
  "business/directory-metadata": {
    description: "Identity providers of companies that sign in with their own, from each of them",
  },
  "charging/card-printer": {
    store: "parameterStore",
    description: "Account of the printer of badges, issued by purchasing",
  },
  "charging/contract-authority": {
    description: "Client certificate of the plug-and-charge contract authority, issued by it",
  },
  "community/moderation-provider": {
    store: "parameterStore",
    description: "API key of the moderation provider, issued by the community team",
  },
  "community/translation-provider": {
    store: "parameterStore",
    description: "API key of the translation provider, issued by the community team",
  },
  "engagement/apple-push": { description: "Key of Apple's push notifications, issued by Apple" },
  "engagement/crm": { description: "Credentials of the customer system, issued by marketing" },
  "engagement/firebase": { description: "Service account of Firebase messaging, issued by Google" },
  "engagement/mail-provider": {
    store: "parameterStore",
    description: "API key of the mail provider, issued by marketing",
  },
  "engagement/sms-provider": {
    store: "parameterStore",
    description: "API key of the text message provider, issued by marketing",
  },
  "finance/accounting-system": { description: "Credentials of the accounting system, issued by finance" },
  "finance/invoice-network": { description: "Credentials of the electronic invoice network, issued by it" },
  "finance/tax-service": {
    store: "parameterStore",
    description: "API key of the tax rate service, issued by finance",
  },
  "map/geocoder": {
    store: "parameterStore",
    description: "API key of the geocoding provider, issued by purchasing",
  },
  "map/traffic-provider": {
    store: "parameterStore",
    description: "API key of the traffic provider, issued by purchasing",
  },
  "partners/car-makers": { description: "Client secrets of car makers' clouds, issued by each of them" },
  "partners/key-signing": { description: "Key that signs partners' API keys, made by the partners team" },
  "payments/merchant-identity": { description: "Merchant certificates of Apple Pay and Google Pay" },
  "payments/provider": { description: "API key of the payment provider, issued by finance" },
  "payments/provider-webhooks": { description: "Key that the payment provider signs its calls with" },
  "payments/sepa-creditor": { description: "Creditor identity and bank certificate, issued by the bank" },
  "roaming/gireve": { description: "Account of the Gireve hub, issued by Gireve" },
  "roaming/hubject": { description: "Client certificate of the Hubject hub, issued by Hubject" },
  "roaming/ocpi-registration": { description: "Registration tokens of OCPI partners, from each of them" },
  "support/helpdesk": {
    store: "parameterStore",
    description: "API key of the help desk, issued by customer care",
  },
  "support/telephony": {
    store: "parameterStore",
    description: "API key of the telephone system, issued by customer care",
  },
} as const satisfies AccountInput["secrets"];

export const queue = {
  topics: {
    "charge-detail-records": {},
    // Events of one session keep their order, for whoever needs it: the session is their message group.
    "charging-sessions": { fifo: true },
    drivers: {},
    invoices: {},
    payments: {},
    reviews: {},
    "station-changes": {},
    "station-status": {},
    subscriptions: {},
    tariffs: {},
    vehicles: {},
  },
  queues: {
    "app-events": { retentionDays: 7, alarmDepth: 50_000 },
    availability: { topics: ["station-status"], retentionDays: 1, alarmDepth: 20_000 },
    "badge-shipments": {},
    captures: { visibilityTimeout: 300, alarmAgeSeconds: 300 },
    "driver-changes": { topics: ["drivers", "subscriptions"] },
    erasures: { retentionDays: 14, visibilityTimeout: 900 },
    "fleet-reports": { visibilityTimeout: 3600, alarmAgeSeconds: 7200 },
    "fleet-sessions": { topics: ["charging-sessions"] },
    "fraud-checks": { topics: ["payments"], alarmAgeSeconds: 300 },
    "idle-fees": { topics: ["charging-sessions"], delaySeconds: 600, alarmAgeSeconds: 1800 },
    "invoices-to-render": { visibilityTimeout: 300 },
    "invoices-to-send": { topics: ["invoices"], retentionDays: 14 },
    mail: { alarmDepth: 20_000 },
    "map-index": { topics: ["station-changes", "reviews"] },
    "operator-files": { retentionDays: 14, alarmDepth: 100_000 },
    "payment-events": { topics: ["payments"], retentionDays: 14 },
    "payment-retries": { delaySeconds: 900, alarmAgeSeconds: 7200 },
    "photos-to-process": { visibilityTimeout: 600 },
    points: { topics: ["charging-sessions", "reviews"], alarmAgeSeconds: 3600 },
    push: { retentionDays: 1, alarmAgeSeconds: 300, alarmDepth: 20_000 },
    "records-to-reconcile": { topics: ["charge-detail-records"], retentionDays: 14 },
    "refund-orders": { visibilityTimeout: 300 },
    "reviews-to-moderate": { topics: ["reviews"] },
    "roaming-outbound": { retentionDays: 14, maxReceiveCount: 100 },
    "search-index": { topics: ["station-changes"] },
    "session-pricing": { topics: ["charging-sessions", "tariffs"], visibilityTimeout: 300 },
    "session-receipts": { topics: ["charging-sessions"] },
    "session-records": { topics: ["charging-sessions"], fifo: true },
    sms: { retentionDays: 1, maxReceiveCount: 3 },
    "station-watchers": { topics: ["station-status"], retentionDays: 1 },
    "status-history": { topics: ["station-status"], alarmDepth: 50_000 },
    "tariff-updates": { topics: ["tariffs"] },
    telemetry: { topics: ["vehicles"], retentionDays: 1, alarmDepth: 50_000 },
    tickets: { alarmAgeSeconds: 1800 },
    "tile-refresh": { topics: ["station-changes"], visibilityTimeout: 900, alarmAgeSeconds: 7200 },
    translations: { alarmAgeSeconds: 3600 },
    warehouse: {
      topics: ["drivers", "payments", "reviews", "station-changes", "subscriptions"],
      retentionDays: 14,
      alarmDepth: 50_000,
    },
    webhooks: { topics: ["charging-sessions", "station-changes"], maxReceiveCount: 50 },
  },
} as const satisfies AccountInput["queue"];

/** Operators, moderators, and whoever works at ChargeMap; drivers sign in at `sign-in`. */
export const auth = {
  clients: {
    "field-tools": {
      callbackUrls: ["https://tools.chargemap.example/signed-in"],
      logoutUrls: ["https://tools.chargemap.example/signed-out"],
    },
  },
} as const satisfies AccountInput["auth"];

export const databases = {
  analytics: {},
  business: {},
  charging: {},
  community: {},
  drivers: {},
  // What moved in from the mailing provider is MySQL.
  engagement: { engine: "aurora-mysql" },
  finance: {},
  partners: {},
  payments: {},
  pricing: {},
  roaming: {},
  stations: {},
  support: {},
} as const;

export const data = {
  databases,
  caches: { sessions: {} },
  searchDomains: { places: {} },
  buckets: {
    attachments: { expireAfterDays: 730 },
    exports: { expireAfterDays: 30, keepVersionsDays: 7 },
    imports: { events: true, expireAfterDays: 90 },
    invoices: { archiveAfterDays: 90 },
    lake: { archiveAfterDays: 365, keepVersionsDays: 30 },
    "map-tiles": { keepVersionsDays: 1 },
    models: { keepVersionsDays: 30 },
    "open-data": {},
    photos: {},
    "roaming-records": { archiveAfterDays: 180 },
  },
  fileSystems: { shared: { accessPoints: { metrics: { path: "/metrics" } } } },
  volumes: { search: { size: 50 } },
} as const satisfies AccountInput["data"];

export const edge = {
  sites: { app: { host: "web-app" }, office: { host: "office" } },
} as const satisfies AccountInput["edge"];

export const hosting = {
  capacityProviders: { search: { instanceTypes: ["r7g.large"], volume: "search" } },
  loadBalancers: {
    // Apps that watch a station or a session are silent for minutes.
    public: { scheme: "internet-facing", idleTimeout: 300 },
    internal: { scheme: "internal" },
    // What cars speak that were built before they spoke HTTP.
    mqtt: { type: "network", scheme: "internet-facing" },
  },
} as const satisfies AccountInput["hosting"];
