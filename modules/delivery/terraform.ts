/** The Terraform that CI runs, and the digest of its archive for Linux on x86-64. */
export const TERRAFORM = {
  version: "1.11.4",
  sha256: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
} as const;
