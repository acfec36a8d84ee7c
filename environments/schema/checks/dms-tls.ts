import type { Fleet } from "../fleet";
import type { DmsMigration } from "../migration/dms";
import { defaultSslMode, ENGINE } from "../migration/engines";
import { nearest } from "../parse";
import type { Violation } from "../violation";
import { isWaived, perDmsMigration, type Found } from "./per-migration";

type End = "source" | "target";

/** Each connection of a migration by DMS is encrypted, in a way that its engine has, and knows whom it trusts. */
export function checkDmsTls(fleet: Fleet): Violation[] {
  return perDmsMigration(fleet, (migration) =>
    (["source", "target"] as const).flatMap((end) => [
      ...mode(migration, end),
      ...certificate(migration, end, fleet.certificates),
    ]),
  );
}

function mode(migration: DmsMigration, end: End): Found[] {
  const { engineName, sslMode: given, certificate: file } = migration[end];
  const { title, sslModes } = ENGINE[engineName];
  const path = `${end}.sslMode`;
  if (engineName === "s3")
    return given === undefined
      ? []
      : [{ path, given, allowed: "nothing for s3, which speaks TLS whatever is written", mend: "remove it" }];
  const sslMode = given ?? defaultSslMode(engineName, file !== undefined);
  if (sslMode === "none")
    return isWaived(migration, "sslMode", end)
      ? []
      : [
          {
            path,
            given: given ?? "nothing, which is none without a certificate",
            ...(given === undefined ? { inWords: true } : {}),
            allowed: `${sslModes.join(" or ")}, which ${title} has; none only with a waiver of the control sslMode for ${end}`,
            mend: sslModes.includes("require")
              ? 'write "require", or name a certificate'
              : `name a ${end}.certificate`,
          },
        ];
  if (!sslModes.includes(sslMode))
    return [{ path, given: sslMode, allowed: `one of ${sslModes.join(", ")}, which DMS has for ${title}` }];
  if (sslMode !== "require" && file === undefined)
    return [
      {
        path,
        given: sslMode,
        allowed: `${sslMode} together with certificate, whom it verifies by`,
        mend: `put the certificate of the ${end}'s authority into migrations/certificates/ and name it`,
      },
    ];
  return sslMode === "require" && file !== undefined
    ? [
        {
          path,
          given: sslMode,
          allowed: `${sslModes.filter((other) => other !== "require").join(" or ")}: there is a certificate, and require would not look at it`,
          mend: `remove sslMode, or ${end}.certificate`,
        },
      ]
    : [];
}

function certificate(
  migration: DmsMigration,
  end: End,
  certificates: Readonly<Record<string, string>>,
): Found[] {
  const { engineName, certificate: file } = migration[end];
  if (file === undefined) return [];
  const { title, certificate: kind } = ENGINE[engineName];
  const path = `${end}.certificate`;
  if (kind === "none")
    return [{ path, given: file, allowed: `nothing: ${title} takes no certificate`, mend: "remove it" }];
  const suffix = kind === "wallet" ? ".sso" : ".pem";
  if (!file.endsWith(suffix))
    return [
      {
        path,
        given: file,
        allowed: `${kind === "wallet" ? "an Oracle wallet, .sso" : "a certificate, .pem"}, which ${title} takes`,
      },
    ];
  const content = certificates[file];
  if (content === undefined) {
    const known = Object.keys(certificates);
    const meant = nearest(file, known);
    return [
      {
        path,
        given: file,
        allowed: `a file of migrations/certificates/: ${known.join(", ") || "there is none"}`,
        mend: meant === undefined ? "put it there" : `write "${meant}"`,
      },
    ];
  }
  if (kind === "wallet") return [];
  if (content.includes("PRIVATE KEY"))
    return [
      {
        path,
        given: file,
        allowed: "certificates alone; this file has a private key, which no repository may hold",
        mend: "remove the key from it, and renew what it was for",
      },
    ];
  return content.includes("-----BEGIN CERTIFICATE-----")
    ? []
    : [{ path, given: file, allowed: "PEM, which begins with -----BEGIN CERTIFICATE-----" }];
}
