import { read } from "../contract";
import { externalDatabaseContract } from "../contracts";
import type { ServiceFeature } from "./feature";

/** `externalDatabases`: the group that may go there; the connection string comes with the service's secrets. */
export const externalDatabases: ServiceFeature = ({ stack, definition }) => ({
  securityGroupIds: [...new Set(definition.externalDatabases)]
    .sort()
    .map((name) => read(stack, externalDatabaseContract(name)).clientGroupId),
});
