import { read } from "../contract";
import { mysqlClusterContract } from "../contracts";
import { variable, type ServiceFeature } from "./feature";

/**
 * `mysqlClusters`: the group, and the address as `DATABASE_<NAME>_HOST`, `_READER_HOST`, `_PORT` and `_NAME`. MySQL
 * knows no IAM: user and password are among the service's own `secrets`.
 */
export const mysqlClusters: ServiceFeature = ({ stack, definition }) => {
  const found = [...new Set(definition.mysqlClusters)]
    .sort()
    .map((name) => ({ name, cluster: read(stack, mysqlClusterContract(name)) }));
  return {
    environment: Object.fromEntries(
      found.flatMap(({ name, cluster }) => {
        const prefix = `DATABASE_${variable(name)}`;
        return [
          [`${prefix}_HOST`, cluster.endpoint],
          [`${prefix}_READER_HOST`, cluster.readerEndpoint],
          [`${prefix}_PORT`, cluster.port],
          [`${prefix}_NAME`, cluster.databaseName],
        ];
      }),
    ),
    securityGroupIds: found.map(({ cluster }) => cluster.clientGroupId),
  };
};
