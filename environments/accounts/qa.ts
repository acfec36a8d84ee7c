import { auth, data, edge, hosting, queue, searchInstances, searchVolumes, secrets } from "../common";
import type { AccountInput } from "../schema/account";

export default {
  name: "qa",
  id: "100000000004",
  email: "aws-qa@eemobility.example",
  preset: "qa",
  network: { cidrBlock: "10.30.0.0/16" },
  secrets,
  queue: { ...queue, brokers: { stations: { instanceType: "mq.m5.large" } } },
  auth,
  data: { ...data, volumes: searchVolumes },
  edge,
  hosting: {
    ...hosting,
    // Releases meet the instances of live here, Spot ones.
    capacityProviders: {
      instances: { instanceTypes: ["m7i.large", "m6i.large"], maxSize: 12, spot: true },
      search: searchInstances,
    },
    defaultCapacityProvider: "instances",
  },
} satisfies AccountInput;
