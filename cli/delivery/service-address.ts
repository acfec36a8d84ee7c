/** Which service of which cluster, as ECS's requests take it. */
export interface ServiceAddress {
  readonly cluster: string;
  readonly service: string;
}
