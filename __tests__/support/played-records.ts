import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CredentialSource } from "../../cli/credentials";
import { CliError } from "../../cli/errors";

/** Somebody who may take on the release role of these accounts, by a key that is named as the account. */
export const entering = (accounts: readonly string[]) =>
  ({
    for: ({ name }: { readonly name: string }) =>
      accounts.includes(name)
        ? Promise.resolve({
            accessKeyId: name,
            secretAccessKey: "secret",
            sessionToken: "token",
            expiration: new Date(Date.now() + 3600 * 1000),
          })
        : Promise.reject(new CliError(`may not enter ${name}`)),
  }) as unknown as CredentialSource;

/** Buckets of S3 with the objects of each, and which accounts' release roles may read which. */
export class PlayedRecords {
  readonly buckets = new Map<string, Map<string, unknown>>();
  /** Accounts' names by bucket. */
  readonly readers = new Map<string, readonly string[]>();
  private server: Server | undefined;

  /** Returns the endpoint. */
  async start(): Promise<string> {
    const server = createServer(({ url = "", headers }, response) => {
      const { pathname, searchParams } = new URL(url, "http://s3");
      const [, bucket = "", ...rest] = pathname.split("/");
      const key = rest.join("/");
      const reader = /Credential=([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "";
      const objects = this.buckets.get(bucket);
      if (objects === undefined || this.readers.get(bucket)?.includes(reader) !== true) {
        response.statusCode = 403;
        response.end("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
      } else if (key === "") {
        const prefix = searchParams.get("prefix") ?? "";
        const found = [...objects.keys()].filter((each) => each.startsWith(prefix));
        response.end(
          `<ListBucketResult>${found.map((each) => `<Contents><Key>${each}</Key></Contents>`).join("")}</ListBucketResult>`,
        );
      } else {
        response.statusCode = objects.has(key) ? 200 : 404;
        response.end(JSON.stringify(objects.get(key)));
      }
    });
    this.server = server;
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    await new Promise((closed) => (server === undefined ? closed(undefined) : server.close(closed)));
  }
}
