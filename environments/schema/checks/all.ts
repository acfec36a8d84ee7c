import type { Fleet } from "../fleet";
import type { Violation } from "../violation";
import { checkAccounts } from "./accounts";
import { checkAddresses } from "./addresses";
import { checkApiRoutes } from "./api-routes";
import { checkApis } from "./apis";
import { checkBrokers } from "./brokers";
import { checkCaches } from "./caches";
import { checkBuckets } from "./buckets";
import { checkCapacityProviders } from "./capacity-providers";
import { checkCapacityStrategy } from "./capacity-strategy";
import { checkContainerDependencies } from "./container-dependencies";
import { checkContainerImages } from "./container-images";
import { checkContainers } from "./containers";
import { checkContainerSizes } from "./container-sizes";
import { checkHardening } from "./hardening";
import { checkContinuousIntegration } from "./continuous-integration";
import { checkDatabaseSecrets } from "./database-secrets";
import { checkDatabases } from "./databases";
import { checkDelivery } from "./delivery";
import { checkDocumentDatabases } from "./document-databases";
import { checkDmsEndpoints } from "./dms-endpoints";
import { checkDmsMappings } from "./dms-mappings";
import { checkDmsTasks } from "./dms-tasks";
import { checkDmsTls } from "./dms-tls";
import { checkDoorLedgers } from "./door-ledger";
import { checkDoors } from "./doors";
import { checkEdge } from "./edge";
import { checkExternalDatabases } from "./external-databases";
import { checkFargateSizes } from "./fargate-sizes";
import { checkFunctions } from "./functions";
import { checkHostNames } from "./host-names";
import { checkLogRouting } from "./log-routing";
import { checkMemoryDatabases } from "./memory-databases";
import { checkMessageUsers } from "./message-users";
import { checkMigrationTraffic } from "./migration-traffic";
import { checkMigrations } from "./migrations";
import { checkOpensearchMigrations } from "./opensearch-migrations";
import { checkRedisMigrations } from "./redis-migrations";
import { checkMounts } from "./mounts";
import { checkMysqlClusters } from "./mysql-clusters";
import { checkNameLengths } from "./name-lengths";
import { checkNetworkDoors } from "./network-doors";
import { checkOrganizationalUnits } from "./organizational-units";
import { checkNetworks } from "./networks";
import { checkQueues } from "./queues";
import { checkQuotas } from "./quotas";
import { checkRegions } from "./regions";
import { checkRollouts } from "./rollouts";
import { checkRoutes } from "./routes";
import { checkScaling } from "./scaling";
import { checkSchedules } from "./schedules";
import { checkSecondRegionTraffic } from "./second-region-traffic";
import { checkSecondRegions, withoutEchoes } from "./second-regions";
import { checkSearchDomains } from "./search-domains";
import { checkSecrets } from "./secrets";
import { checkServiceConnect } from "./service-connect";
import { checkServices } from "./services";
import { checkShares } from "./shares";
import { checkSignIn } from "./sign-in";
import { checkTables } from "./tables";
import { checkTaskQuotas } from "./task-quotas";
import { checkTaskPlacement } from "./task-placement";
import { checkStreams } from "./streams";
import { checkStores } from "./stores";

/** A rule over the whole company; it makes no AWS call. */
export type FleetCheck = (fleet: Fleet) => Violation[];

const CHECKS: readonly FleetCheck[] = [
  checkAccounts,
  checkOrganizationalUnits,
  checkRegions,
  checkSecondRegions,
  checkSecondRegionTraffic,
  checkContinuousIntegration,
  checkNetworks,
  checkServices,
  checkFargateSizes,
  checkCapacityProviders,
  checkCapacityStrategy,
  checkTaskPlacement,
  checkContainers,
  checkContainerSizes,
  checkContainerDependencies,
  checkContainerImages,
  checkHardening,
  checkServiceConnect,
  checkLogRouting,
  checkTaskQuotas,
  checkMounts,
  checkDoors,
  checkRollouts,
  checkRoutes,
  checkHostNames,
  checkNetworkDoors,
  checkApis,
  checkApiRoutes,
  checkShares,
  checkDoorLedgers,
  checkQuotas,
  checkSecrets,
  checkSchedules,
  checkScaling,
  checkFunctions,
  checkStores,
  checkDatabases,
  checkDatabaseSecrets,
  checkStreams,
  checkBuckets,
  checkExternalDatabases,
  checkTables,
  checkCaches,
  checkDocumentDatabases,
  checkMysqlClusters,
  checkMemoryDatabases,
  checkSearchDomains,
  checkEdge,
  checkNameLengths,
  checkAddresses,
  checkQueues,
  checkMessageUsers,
  checkBrokers,
  checkSignIn,
  checkDelivery,
  checkMigrations,
  checkMigrationTraffic,
  checkDmsEndpoints,
  checkDmsTls,
  checkDmsTasks,
  checkDmsMappings,
  checkRedisMigrations,
  checkOpensearchMigrations,
];

/** Every violation of every rule, in a fixed order. */
export function checkFleet(fleet: Fleet, except: readonly FleetCheck[] = []): Violation[] {
  return withoutEchoes(
    fleet,
    CHECKS.filter((check) => !except.includes(check)).flatMap((check) => check(fleet)),
  );
}
