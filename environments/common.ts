import type { AccountInput } from "./schema/account";

/** What every environment has; an account says beside it what differs there. */

/** Each holds a value of its own. */
export const secrets = {
  "charging/ocpp-signing-key": {
    description: "Key that signs OCPP security tokens, issued by the protocol team",
  },
  "charging/rfid-key": { description: "Key that signs card numbers, issued by the charging team" },
  "charging/roaming-partners": { description: "Credentials of roaming partners, issued by each of them" },
  "billing/payment-provider": {
    store: "parameterStore",
    description: "API key of the payment provider, issued by finance",
  },
  "customers/mail-provider": {
    store: "parameterStore",
    description: "API key of the mail provider, issued by customer care",
  },
} as const satisfies AccountInput["secrets"];

export const queue = {
  // Events of one session keep their order, for whoever needs it: the session is their message group.
  topics: { "charging-events": { fifo: true } },
  queues: {
    "charging-sessions": { topics: ["charging-events"], fifo: true },
    "billable-sessions": { topics: ["charging-events"], visibilityTimeout: 300 },
    notifications: { alarmAgeSeconds: 600 },
    "meter-readings": { retentionDays: 14 },
  },
  // Stations' commands are JMS, from before there were queues.
  brokers: { stations: { instanceType: "mq.t3.micro" } },
} as const satisfies AccountInput["queue"];

export const auth = {
  clients: {
    "charging-app": {
      callbackUrls: ["eemobility://signed-in"],
      logoutUrls: ["eemobility://signed-out"],
    },
  },
} as const satisfies AccountInput["auth"];

export const data = {
  databases: { charging: {}, business: {} },
  buckets: {
    invoices: { archiveAfterDays: 90 },
    certificates: {},
    "meter-readings": { events: true, expireAfterDays: 90 },
  },
  fileSystems: {
    shared: { accessPoints: { sites: { path: "/sites" }, monitoring: { path: "/monitoring" } } },
  },
} as const satisfies AccountInput["data"];

/** The index of `search`, and the instances that carry it. */
export const searchVolumes = { search: { size: 100 } } as const;
export const searchInstances = { instanceTypes: ["r7g.large"], volume: "search" };

export const edge = {
  sites: { app: { host: "app" }, office: { host: "office" } },
} as const satisfies AccountInput["edge"];

export const hosting = {
  loadBalancers: {
    // Charging stations send a heartbeat every five minutes.
    public: { scheme: "internet-facing", idleTimeout: 400 },
    internal: { scheme: "internal" },
  },
} as const satisfies AccountInput["hosting"];
