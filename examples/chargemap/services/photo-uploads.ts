import type { ServiceInput } from "../../../environments/schema/service";

/** Takes in drivers' photographs. */
export default {
  name: "photo-uploads",
  owner: "community@chargemap.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/photos/*", callers: "machines" },
    { alb: "internal", host: "photo-uploads" },
  ],
  buckets: { photos: "readWrite" },
  sends: ["photos-to-process"],
} satisfies ServiceInput;
