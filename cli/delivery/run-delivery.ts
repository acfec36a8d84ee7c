import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CodeDeployClient } from "@aws-sdk/client-codedeploy";
import { ECSClient } from "@aws-sdk/client-ecs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { join } from "node:path";
import { registryAccount, type Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import { CredentialSource } from "../credentials";
import { CliError } from "../errors";
import { loadPlatform, SCRATCH } from "../platform";
import { startRuns } from "../preparation";
import type { Progress } from "../progress";
import { attachSandbox } from "../sandbox/emulator";
import { StackFailedError } from "../stack-runner";
import { requireState } from "../state-bucket";
import { interruption, requireTerraform } from "../terraform";
import { lastingOptions, RELEASE, type LastingOptions } from "./clients";
import { CodeDeployService } from "./code-deploy-service";
import { deliver, type Delivered } from "./deliver";
import { storeOf } from "./history-of";
import { DeployLock } from "./lock";
import { rolloutTimeout, waitOf, type DeliveryOptions } from "./options";
import { whereabouts } from "./origin";
import { requireProof } from "./proof";
import { RegistryImages, type Image } from "./registry-images";
import { ReleaseHistory } from "./release-history";
import { releaseParameter } from "./release-parameter";
import { TerraformReleaseStack } from "./release-stack";
import { EcsRunningService, type RunningService } from "./running-service";
import type { Target } from "./target";

/** What a delivery starts with: who runs it, and whether that one may enter the account. */
export interface Session {
  readonly fleet: Fleet;
  readonly target: Target;
  readonly source: CredentialSource;
  readonly options: DeliveryOptions;
}

/**
 * Turns to the emulator if asked, and proves that the account may be entered, before anything else.
 * @throws CliError naming role and account otherwise.
 */
export async function openSession(fleet: Fleet, target: Target, options: DeliveryOptions): Promise<Session> {
  if (options.sandbox === true) await attachSandbox();
  const source = new CredentialSource(fleet.organization.region);
  await requireState(fleet, target.account, await source.for(target.account, RELEASE));
  return { fleet, target, source, options };
}

export const imagesOf = ({ fleet, source, target: { account, service } }: Session) =>
  RegistryImages.open(fleet, source, account, service.repository);

/** Puts an image into service, under the lock; nothing is written before all that can be refused was looked at. */
export async function runDelivery(
  session: Session,
  image: Image,
  progress: Progress,
  origin?: string,
): Promise<Delivered> {
  const { fleet, target, source, options } = session;
  const { account, service, stack } = target;
  await requireTerraform(SCRATCH);
  const images = await imagesOf(session);
  await requireProof(fleet, source, target, image, images);
  const lasting = await lastingOptions(source, account, RELEASE);
  const store = await storeOf(fleet, source, account);
  const [who, where] = [await source.caller(), whereabouts()];
  const lock = await DeployLock.take(store, names.deployLock(service), {
    who,
    where,
    what: `${service.name} ${image.tag ?? image.digest}`,
    wait: waitOf(options),
    breakDead: options.breakLock === true,
    onWait: toldOnce(stack, progress),
    signal: interruption,
  });
  try {
    progress.update(`${stack}: synthesize`);
    const platform = loadPlatform({ selectors: [stack], outdir: join(SCRATCH, "deliveries", stack) });
    const node = platform.stacks.find(({ id }) => id === stack);
    if (node?.stack === undefined) throw new CliError(`${stack} waits for a fact. Nothing was changed.`);
    const runs = await startRuns(platform, options);
    const delivered = await deliver(
      {
        parameter: releaseParameter(new SSMClient(lasting), names.releaseParameter(account, service)),
        stack: await TerraformReleaseStack.open(platform, node, runs),
        ...(service.kind === "scheduledTask" ? {} : { running: runningService(target, lasting) }),
        history: new ReleaseHistory(store, names.releaseRecords(service)),
        watching: { timeout: rolloutTimeout(options, service), signals: [interruption, lock.lost] },
        onProgress: (text) => progress.update(`${stack}: ${text}`),
        onEvent: (text) => progress.note(`  ${text}`),
      },
      {
        service: service.name,
        account: account.name,
        digest: image.digest,
        ...(image.tag === undefined ? {} : { tag: image.tag }),
        ...(origin === undefined ? {} : { origin }),
        who,
        where,
      },
    );
    return await keepImage(session, images, delivered, progress);
  } catch (error) {
    // Terraform is not begun any more after an interruption; what was begun has said how it ended.
    if (error instanceof Error && error.name === "AbortError")
      throw new CliError("Interrupted before the release was written. Nothing was changed.");
    if (!(error instanceof StackFailedError)) throw error;
    throw new CliError(`${error.step} failed: ${error.message}`, `Everything it printed: ${error.log}`);
  } finally {
    await lock.release().catch(() => {
      progress.note(`  the lock could not be given back; it is dead in ten minutes (--break-lock)`);
    });
  }
}

function runningService({ account, service }: Target, lasting: LastingOptions): RunningService {
  const address = { cluster: names.cluster(account), service: service.name };
  if (service.deploymentConfiguration.controller === "ECS")
    return new EcsRunningService(lasting, new ApplicationAutoScalingClient(lasting), address);
  return new CodeDeployService(
    {
      codeDeploy: new CodeDeployClient(lasting),
      ecs: new ECSClient(lasting),
      ssm: new SSMClient(lasting),
      scaling: new ApplicationAutoScalingClient(lasting),
    },
    address,
    names.codeDeployApplication(account, service),
    names.appSpecParameter(account, service),
  );
}

/** What a wait is for is said once for good, and then counted on. */
export function toldOnce(stack: string, progress: Progress): (text: string) => void {
  let last = "";
  return (text) => {
    if (text !== last) progress.note(`  ${text}`);
    last = text;
    progress.update(`${stack}: ${text}`);
  };
}

/** Sets the tag by which the registry keeps what is in service. A release is one without it, too. */
async function keepImage(
  { fleet, target: { account, service } }: Session,
  images: RegistryImages,
  delivered: Delivered,
  progress: Progress,
): Promise<Delivered> {
  const tag = (delivered.outcome === "succeeded" ? names.runningTag : names.idleTag)(account, service);
  try {
    await images.setTag(delivered.record.digest, tag);
  } catch (error) {
    progress.note(
      `  the registry in ${registryAccount(fleet).name} did not take the tag ${tag}: ${error instanceof Error ? error.message : String(error)}\n  Set it, or the registry may expire the image one day: deploy the same digest again.`,
    );
  }
  return delivered;
}
