import type { Guardrail } from "./guardrail";
import { alarmActions } from "./guardrails/alarm-actions";
import { apiHardening } from "./guardrails/api-hardening";
import { apiRouteAuthorizer } from "./guardrails/api-route-authorizer";
import { brokerHardening } from "./guardrails/broker-hardening";
import { bucketCompanions } from "./guardrails/bucket-companions";
import { cacheHardening } from "./guardrails/cache-hardening";
import { confusedDeputy } from "./guardrails/confused-deputy";
import { containerHardening } from "./guardrails/container-hardening";
import { deadLetters } from "./guardrails/dead-letters";
import { databaseHardening } from "./guardrails/database-hardening";
import { deletionProtection } from "./guardrails/deletion-protection";
import { fileSystemAccess } from "./guardrails/file-system-access";
import { distributionTls } from "./guardrails/distribution-tls";
import { functionLogs } from "./guardrails/function-logs";
import { functionRuntime } from "./guardrails/function-runtime";
import { functionUrl } from "./guardrails/function-url";
import { imageRepository } from "./guardrails/image-repository";
import { instanceHardening } from "./guardrails/instance-hardening";
import { keyRotation } from "./guardrails/key-rotation";
import { listenerTls } from "./guardrails/listener-tls";
import { loadBalancerHardening } from "./guardrails/load-balancer-hardening";
import { logEncryption } from "./guardrails/log-encryption";
import { logRetention } from "./guardrails/log-retention";
import { managementAccount } from "./guardrails/management-account";
import { messageEncryption } from "./guardrails/message-encryption";
import { noAdministratorPolicy } from "./guardrails/no-administrator-policy";
import { noDecryptOnAll } from "./guardrails/no-decrypt-on-all";
import { noLiteralSecret } from "./guardrails/no-literal-secret";
import { noOpenPrincipal } from "./guardrails/no-open-principal";
import { noPassRoleOnAll } from "./guardrails/no-pass-role-on-all";
import { noPublicAddress } from "./guardrails/no-public-address";
import { noPublicIngress } from "./guardrails/no-public-ingress";
import { noRetentionBypass } from "./guardrails/no-retention-bypass";
import { noSecretInUserData } from "./guardrails/no-secret-in-user-data";
import { noWildcardResource } from "./guardrails/no-wildcard-resource";
import { originAccessControl } from "./guardrails/origin-access-control";
import { pinnedBackend } from "./guardrails/pinned-backend";
import { pinnedProvider } from "./guardrails/pinned-provider";
import { planRoleLocksOnly } from "./guardrails/plan-role-locks-only";
import { principalsThatLast } from "./guardrails/principals-that-last";
import { privateAccount } from "./guardrails/private-account";
import { publicLoadBalancerWebAcl } from "./guardrails/public-load-balancer-web-acl";
import { readable } from "./guardrails/readable";
import { releaseOfOneAccount } from "./guardrails/release-of-one-account";
import { releaseRoleTasksOnly } from "./guardrails/release-role-tasks-only";
import { replicationHardening } from "./guardrails/replication-hardening";
import { roleBoundary } from "./guardrails/role-boundary";
import { searchHardening } from "./guardrails/search-hardening";
import { signInClients } from "./guardrails/sign-in-clients";
import { stateBucket } from "./guardrails/state-bucket";
import { tableHardening } from "./guardrails/table-hardening";
import { volumeEncryption } from "./guardrails/volume-encryption";
import { webIdentityTrust } from "./guardrails/web-identity-trust";

/** Every guardrail. A new one is a file and a line here. */
export const GUARDRAILS: readonly Guardrail[] = [
  alarmActions,
  apiHardening,
  apiRouteAuthorizer,
  brokerHardening,
  bucketCompanions,
  cacheHardening,
  confusedDeputy,
  containerHardening,
  deadLetters,
  databaseHardening,
  deletionProtection,
  fileSystemAccess,
  distributionTls,
  functionLogs,
  functionRuntime,
  functionUrl,
  imageRepository,
  instanceHardening,
  keyRotation,
  listenerTls,
  loadBalancerHardening,
  logEncryption,
  logRetention,
  managementAccount,
  messageEncryption,
  noAdministratorPolicy,
  noDecryptOnAll,
  noLiteralSecret,
  noOpenPrincipal,
  noPassRoleOnAll,
  noPublicAddress,
  noPublicIngress,
  noRetentionBypass,
  noSecretInUserData,
  noWildcardResource,
  originAccessControl,
  pinnedBackend,
  pinnedProvider,
  planRoleLocksOnly,
  principalsThatLast,
  privateAccount,
  publicLoadBalancerWebAcl,
  readable,
  releaseOfOneAccount,
  releaseRoleTasksOnly,
  replicationHardening,
  roleBoundary,
  searchHardening,
  signInClients,
  stateBucket,
  tableHardening,
  volumeEncryption,
  webIdentityTrust,
];
