import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  ECRServiceException,
  ImageNotFoundException,
  PutImageCommand,
} from "@aws-sdk/client-ecr";
import type { Account } from "../../environments/schema/account";
import { registryAccount, type Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import type { CredentialSource } from "../credentials";
import { CliError } from "../errors";
import { PLAN } from "../preparation";
import { lastingOptions, RELEASE } from "./clients";

/** An image that the registry holds. */
export interface Image {
  readonly digest: string;
  /** The tag that was asked for, else the first that somebody gave it. */
  readonly tag?: string;
  /** Whether it was asked for by its tag. */
  readonly byTag: boolean;
  /** All its tags, sorted. */
  readonly tags: readonly string[];
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** The registry's images of one repository. */
export class RegistryImages {
  private constructor(
    private readonly clients: readonly ECRClient[],
    private readonly registry: Account,
    private readonly repository: string,
  ) {}

  /**
   * Asks as the account that deploys, which every account of the organization may; where the registry does not let it,
   * as the registry's own account.
   */
  static async open(
    fleet: Fleet,
    source: CredentialSource,
    account: Account,
    repository: string,
  ): Promise<RegistryImages> {
    const registry = registryAccount(fleet);
    const { region } = registry;
    const own = new ECRClient({ ...(await lastingOptions(source, account, RELEASE)), region });
    const others = await lastingOptions(source, registry, PLAN).then(
      (options) => [new ECRClient({ ...options, region })],
      () => [],
    );
    return new RegistryImages([own, ...others], registry, repository);
  }

  /**
   * The image that a digest, a tag, or an address of the repository with either names.
   * @throws CliError when the registry lacks it.
   */
  async find(reference: string): Promise<Image> {
    const asked = parseReference(reference, names.repositoryUrl(this.registry, this.repository));
    const imageId = "digest" in asked ? { imageDigest: asked.digest } : { imageTag: asked.tag };
    const found = await this.ask(async (client) => {
      const { imageDetails: [first] = [] } = await client.send(
        new DescribeImagesCommand({
          registryId: this.registry.id,
          repositoryName: this.repository,
          imageIds: [imageId],
        }),
      );
      return first;
    }).catch((error: unknown) => {
      if (error instanceof ImageNotFoundException) return undefined;
      throw error;
    });
    const digest = found?.imageDigest;
    if (found === undefined || digest === undefined) throw this.lacks(reference);
    const tags = [...(found.imageTags ?? [])].sort();
    const tag = "tag" in asked ? asked.tag : tags.find((each) => !each.startsWith(names.RUNNING_TAG_PREFIX));
    return { digest, tags, byTag: "tag" in asked, ...(tag === undefined ? {} : { tag }) };
  }

  /** Whether a tag may name another image tomorrow. Who may not ask takes it for one that stays. */
  async moves(tag: string): Promise<boolean> {
    if (tag === "latest") return true;
    try {
      const repository = await this.ask(async (client) => {
        const { repositories: [first] = [] } = await client.send(
          new DescribeRepositoriesCommand({
            registryId: this.registry.id,
            repositoryNames: [this.repository],
          }),
        );
        return first;
      });
      const { imageTagMutability: mutability, imageTagMutabilityExclusionFilters: filters = [] } =
        repository ?? {};
      const excluded = filters.some(({ filter = "" }) => matches(filter, tag));
      return mutability?.startsWith("MUTABLE") === true ? !excluded : excluded;
    } catch (error) {
      if (error instanceof CliError) return false;
      throw error;
    }
  }

  /** Moves a tag to an image. */
  async setTag(digest: string, tag: string): Promise<void> {
    const repository = { registryId: this.registry.id, repositoryName: this.repository };
    await this.ask(async (client) => {
      const { images: [image] = [] } = await client.send(
        new BatchGetImageCommand({ ...repository, imageIds: [{ imageDigest: digest }] }),
      );
      try {
        await client.send(
          new PutImageCommand({
            ...repository,
            imageManifest: image?.imageManifest,
            imageManifestMediaType: image?.imageManifestMediaType,
            imageDigest: digest,
            imageTag: tag,
          }),
        );
      } catch (error) {
        if (!(error instanceof ECRServiceException && error.name === "ImageAlreadyExistsException"))
          throw error;
      }
    });
  }

  private async ask<T>(question: (client: ECRClient) => Promise<T>): Promise<T> {
    let refused: ECRServiceException | undefined;
    for (const client of this.clients) {
      try {
        return await question(client);
      } catch (error) {
        if (!(error instanceof ECRServiceException)) throw error;
        if (!/AccessDenied|RepositoryNotFound|RegistryPolicy|NotAuthorized/.test(error.name)) throw error;
        refused ??= error;
      }
    }
    throw new CliError(
      `The registry in ${this.registry.name} (${this.registry.id}) does not show ${this.repository}: ${refused?.name ?? ""}: ${refused?.message ?? ""}. Nothing was changed.`,
      `Is it applied? slipway up ${names.stackId(this.registry, "registry")}`,
    );
  }

  private lacks(reference: string): CliError {
    return new CliError(
      `The registry has no image ${reference} of ${this.repository}. Nothing was changed.`,
      `Push it to ${names.repositoryUrl(this.registry, this.repository)} first.`,
    );
  }
}

/** What a person wrote: a digest, a tag, or the repository's address with either. */
export function parseReference(
  reference: string,
  repositoryUrl: string,
): { readonly digest: string } | { readonly tag: string } {
  const [address, wanted] = split(reference);
  if (address !== undefined && address !== repositoryUrl)
    throw new CliError(
      `${reference} is of another repository; the service's is ${repositoryUrl}. Nothing was changed.`,
      "Its definition says so in `repository`.",
    );
  if (DIGEST.test(wanted)) return { digest: wanted };
  if (wanted.startsWith("sha256:") || !TAG.test(wanted))
    throw new CliError(
      `"${wanted}" is neither a digest nor a tag. Nothing was changed.`,
      "A digest is sha256: and 64 hexadecimal digits; a tag has letters, digits, _ . and -.",
    );
  return { tag: wanted };
}

function split(reference: string): readonly [string | undefined, string] {
  const at = reference.indexOf("@");
  if (at !== -1) return [reference.slice(0, at), reference.slice(at + 1)];
  const slash = reference.lastIndexOf("/");
  const colon = reference.indexOf(":", slash);
  if (slash === -1 || colon === -1) return [slash === -1 ? undefined : reference, reference.slice(slash + 1)];
  return [reference.slice(0, colon), reference.slice(colon + 1)];
}

const matches = (filter: string, tag: string) =>
  new RegExp(
    `^${filter
      .split("*")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  ).test(tag);
