import { read } from "../contract";
import { searchDomainContract } from "../contracts";
import { pascal, variable, type ServiceFeature } from "./feature";

const READ = ["es:ESHttpGet", "es:ESHttpHead"];
const WRITE = ["es:ESHttpDelete", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"];

/**
 * `searchDomains`: the group, the address as `SEARCH_<NAME>_ENDPOINT`, and what its signed requests may do; searches
 * with a body are sent by GET where it may only read. What they find is for the domain's own roles to say.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
 */
export const searchDomains: ServiceFeature = ({ stack, definition }) => {
  const found = Object.entries(definition.searchDomains)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, access]) => ({ name, access, domain: read(stack, searchDomainContract(name)) }));
  return {
    environment: Object.fromEntries(
      found.map(({ name, domain }) => [`SEARCH_${variable(name)}_ENDPOINT`, `https://${domain.endpoint}`]),
    ),
    statements: found.map(({ name, access, domain }) => ({
      sid: `${access === "read" ? "Search" : "SearchAndWrite"}${pascal(name)}`,
      actions: access === "read" ? READ : [...READ, ...WRITE].sort(),
      resources: [`${domain.domainArn}/*`],
    })),
    securityGroupIds: found.map(({ domain }) => domain.clientGroupId),
  };
};
