import type { ServiceInput } from "../../../environments/schema/service";

/** Elasticsearch: a node on each instance that has a volume of the index. */
export default {
  name: "search-index",
  owner: "discovery@chargemap.example",
  cpu: 1024,
  memory: 12288,
  containerPort: 9200,
  cpuArchitecture: "ARM64",
  capacityProvider: "search",
  peerPorts: [9300],
  user: "1000:1000",
  loadBalancers: [{ alb: "internal", host: "search-index" }],
  healthCheck: { path: "/_cluster/health?wait_for_status=yellow&timeout=1s" },
  volumes: { index: { volume: "search", mountPath: "/usr/share/elasticsearch/data" } },
  // One node at a time, and none more than there are volumes.
  deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
  autoScaling: { minCapacity: 1, maxCapacity: 1 },
  followsWorkingHours: false,
  environment: { ES_SETTING_NETWORK_HOST: "0.0.0.0", ES_SETTING_DISCOVERY_TYPE: "single-node" },
  overrides: {
    live: {
      environment: {
        ES_SETTING_DISCOVERY_TYPE: "multi-node",
        ES_SETTING_DISCOVERY_SEED__HOSTS: "search-index.services.live.chargemap.example",
      },
      deploymentConfiguration: { minimumHealthyPercent: 66 },
      autoScaling: { minCapacity: 3, maxCapacity: 3 },
    },
  },
} satisfies ServiceInput;
