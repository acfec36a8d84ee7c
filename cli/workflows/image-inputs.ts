import type { Delivery } from "../../environments/schema/deliveries";

/** What one image tells the workflow that builds all of them: its name, and what differs from that one's defaults. */
export const imageInputs = ({ name, repository, source, cpuArchitecture }: Delivery) => ({
  image: name,
  repository,
  ...(cpuArchitecture === "ARM64" ? { architecture: "arm64" } : {}),
  ...(source.context === "." ? {} : { context: source.context }),
  ...(source.dockerfile === "Dockerfile" ? {} : { dockerfile: source.dockerfile }),
  ...(source.target === undefined ? {} : { target: source.target }),
  ...(source.checkCommand === null ? {} : { check: source.checkCommand }),
  ...(source.testCommand === null ? {} : { test: source.testCommand }),
});
