import { read } from "../contract";
import { documentDatabaseContract } from "../contracts";
import { variable, type ServiceFeature } from "./feature";

/**
 * `documentDatabases`: the group, and the address as `DOCUMENTS_<NAME>_HOST`, `_READER_HOST` and `_PORT`. Who the
 * service signs in as is its own matter: its task role by IAM, or a user whose password is one of its `secrets`.
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/iam-identity-auth.html
 */
export const documentDatabases: ServiceFeature = ({ stack, definition }) => {
  const found = [...new Set(definition.documentDatabases)]
    .sort()
    .map((name) => ({ name, database: read(stack, documentDatabaseContract(name)) }));
  return {
    environment: Object.fromEntries(
      found.flatMap(({ name, database }) => {
        const prefix = `DOCUMENTS_${variable(name)}`;
        return [
          [`${prefix}_HOST`, database.endpoint],
          [`${prefix}_READER_HOST`, database.readerEndpoint],
          [`${prefix}_PORT`, database.port],
        ];
      }),
    ),
    securityGroupIds: found.map(({ database }) => database.clientGroupId),
  };
};
