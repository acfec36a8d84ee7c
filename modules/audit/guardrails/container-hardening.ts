import { containersOf } from "../containers";
import { findingIf, type Finding, type Guardrail } from "../guardrail";
import { record, show, type Attributes } from "../values";

/** checkov cannot see these: container definitions are a string. */
export const containerHardening: Guardrail = {
  id: "container-hardening",
  controls: ["ECS.1", "ECS.3", "ECS.4", "ECS.5", "ECS.9", "CKV_AWS_335", "CKV_AWS_336"],
  description:
    "Containers are not privileged, not root, without Linux capabilities, on a root file system they cannot write, of a fixed image, logged",
  types: ["aws_ecs_task_definition"],
  check: ({ attributes }) => {
    const { network_mode: mode, pid_mode: pid, ipc_mode: ipc } = attributes;
    const containers = containersOf(attributes["container_definitions"]);
    return [
      ...findingIf(mode !== "awsvpc", `network_mode ${show(mode)}`, "awsvpc"),
      ...findingIf(
        pid === "host" || ipc === "host",
        `pid_mode ${show(pid)}, ipc_mode ${show(ipc)}`,
        "not host",
      ),
      ...(containers === undefined
        ? [
            {
              given: "container definitions that cannot be read",
              allowed: "JSON, known at synth but for values",
            },
          ]
        : containers.flatMap(faults)),
    ];
  },
};

function faults(container: Attributes): Finding[] {
  const { name, image, user, privileged, readonlyRootFilesystem, logConfiguration } = container;
  const within = (text: string) => `container ${show(name)}: ${text}`;
  const linux = record(container["linuxParameters"]);
  const { add: added, drop: dropped } = record(linux["capabilities"]);
  return [
    ...findingIf(privileged !== undefined && privileged !== false, within("privileged"), "privileged false"),
    ...findingIf(
      !/^[1-9]\d*(:[1-9]\d*)?$/.test(String(user ?? "")),
      within(`user ${show(user)}`),
      "a numeric user, and group if given, other than 0",
    ),
    ...findingIf(
      readonlyRootFilesystem !== true,
      within(`readonlyRootFilesystem ${show(readonlyRootFilesystem)}`),
      "readonlyRootFilesystem true, with volumes for what is written",
    ),
    ...findingIf(
      Array.isArray(added) && added.length > 0,
      within(`Linux capabilities ${show(added)} added`),
      "none added",
    ),
    ...findingIf(
      !Array.isArray(dropped) || !dropped.includes("ALL"),
      within(`Linux capabilities ${show(dropped)} dropped`),
      "ALL dropped",
    ),
    ...findingIf(
      linux["initProcessEnabled"] !== true,
      within(`initProcessEnabled ${show(linux["initProcessEnabled"])}`),
      "initProcessEnabled true",
    ),
    ...findingIf(
      isMovingImage(String(image ?? "")),
      within(`image ${show(image)}`),
      "a digest or a tag of its own; never latest, which is another image tomorrow",
    ),
    ...findingIf(logConfiguration === undefined, within("no logConfiguration"), "a log driver"),
  ];
}

/** An image by `latest`, or by neither tag nor digest; one whose end only an apply tells has its tag there. */
function isMovingImage(image: string): boolean {
  const reference = image.split("/").at(-1) ?? "";
  return reference.endsWith(":latest") || !/[:@]|\$\{\}$/.test(reference);
}
