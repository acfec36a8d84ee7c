import * as names from "../../environments/schema/names";
import type { Service } from "../../environments/schema/service";
import type { TaskVolume } from "../../modules/compute/task-definition";
import { stringEquals, type Statement } from "../../modules/identity/policy";
import { read } from "../contract";
import { accessPointContract } from "../contracts";
import { pascal, type ServiceFeature } from "./feature";

type Mount = Service["volumes"][string];

/** `volumes`: file systems through their access points, volumes of the instances that its tasks run on, scratch folders. */
export const volumes: ServiceFeature = ({ stack, definition }) => {
  const mounts = Object.entries(definition.volumes).sort(([a], [b]) => (a < b ? -1 : 1));
  const efs = mounts.flatMap(([name, mount]) => {
    const { fileSystem, accessPoint } = mount;
    if (fileSystem === undefined || accessPoint === undefined) return [];
    return [{ name, mount, entered: read(stack, accessPointContract(fileSystem, accessPoint)) }];
  });
  const host = mounts.flatMap(([name, mount]) =>
    mount.volume === undefined
      ? []
      : [taskVolume(name, mount, { hostPath: names.instanceVolumePath(mount.volume) })],
  );
  const scratch = mounts.flatMap(([name, mount]) => (mount.scratch ? [taskVolume(name, mount, {})] : []));
  return {
    volumes: [
      ...efs.map(({ name, mount, entered: { fileSystemId, accessPointId } }) =>
        taskVolume(name, mount, { efs: { fileSystemId, accessPointId } }),
      ),
      ...host,
      ...scratch,
    ],
    statements: efs.map(({ name, mount, entered }): Statement => ({
      sid: `Mount${pascal(name)}`,
      actions: [
        "elasticfilesystem:ClientMount",
        ...(mount.readOnly ? [] : ["elasticfilesystem:ClientWrite"]),
      ],
      resources: [entered.fileSystemArn],
      condition: [stringEquals("elasticfilesystem:AccessPointArn", entered.accessPointArn)],
    })),
    securityGroupIds: efs.map(({ entered }) => entered.clientGroupId),
  };
};

const taskVolume = (
  name: string,
  { mountPath, readOnly }: Mount,
  source: Pick<TaskVolume, "efs" | "hostPath">,
): TaskVolume => ({ name, mountPath, readOnly, ...source });
